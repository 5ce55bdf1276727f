using System.Management.Automation;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Lets <c>-Model</c> take networks, names, files, and networks that came back from a job or a file of Export-Clixml.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ModelArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ModelReference.Of(inputData) ?? inputData;
}
