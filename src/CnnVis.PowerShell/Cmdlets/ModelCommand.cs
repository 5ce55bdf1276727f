using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Cmdlets that ask a network.</summary>
public abstract class ModelCommand : CnnVisCommand
{
    /// <summary>A network object, the name of one (its weights are downloaded if need be), or an ONNX file. Left out, it is that of Set-CnnOption, or resnet224.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(ModelCompleter))]
    public virtual ModelReference Model { get; set; } = ModelReference.Default;

    /// <summary>Where to compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <summary>The network of <see cref="Model"/> on <see cref="Device"/>.</summary>
    private protected Network ResolveModel()
    {
        EngineNatives.Ensure();
        return Model.Resolve(this, Device);
    }

    /// <summary>The network of <see cref="Model"/> for what can be told without its weights.</summary>
    private protected Network ResolveStructure()
    {
        EngineNatives.Ensure();
        return Model.ResolveStructure(this, Device);
    }
}
