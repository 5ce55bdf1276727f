using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Cmdlets;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-Model</c> takes: a network, the name of one, or an ONNX file. A name is looked up when the cmdlet begins, so that a wrong one is an error with its own id.</summary>
public sealed class ModelReference
{
    private readonly CnnModel? _model;
    private readonly string? _name;

    /// <param name="model">A network.</param>
    public ModelReference(CnnModel model) => _model = model;

    /// <param name="nameOrPath">The name of one, or a file.</param>
    public ModelReference(string nameOrPath) => _name = nameOrPath;

    /// <summary>The network that is used when none is named.</summary>
    public static ModelReference Default => new(ModelCatalog.Default);

    internal Network Resolve(SessionState session, string device)
    {
        if (_model is not null)
            return (_model as Network ?? throw new CnnVisException(ErrorIds.InvalidArgument, $"'{_model.Name}' was not made by this module.", _model)).On(device);
        string name = _name!;
        if (ModelCatalog.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) return ModelCatalog.Get(name).On(device);
        try
        {
            string file = FilePaths.Plain(session, name);
            if (File.Exists(file)) name = file;
        }
        catch (CnnVisException)
        {
            // Not a path either; the catalogue says what would be right.
        }
        return ModelCatalog.Get(name).On(device);
    }

    /// <inheritdoc/>
    public override string ToString() => _model?.Name ?? _name!;
}
