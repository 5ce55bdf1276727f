using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Runtime;
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

    /// <summary>The network that is used when none is named: the one of Set-CnnOption, or the bundled one.</summary>
    public static ModelReference Default => new(UserOptions.Current.Model ?? ModelCatalog.Default);

    /// <summary>The network, its weights downloaded if need be.</summary>
    /// <exception cref="CnnVisException">It was disposed; or what <see cref="ModelCatalog.Get(string)"/> throws.</exception>
    internal Network Resolve(CnnVisCommand cmdlet, string device)
    {
        if (_model is Network { IsDisposed: true }) throw new CnnVisException(ErrorIds.InvalidArgument, $"The network '{_model.Name}' was disposed. Import it again, or name it.", _model);
        Network network = (_model as Network ?? ModelCatalog.Get(NameOrPath(cmdlet.SessionState), cmdlet.Fetch, cmdlet.Cancellation)).On(device);
        cmdlet.Note(network);
        return network;
    }

    /// <summary>The network, which may lack its weights where it has a name.</summary>
    internal Network ResolveStructure(CnnVisCommand cmdlet, string device) =>
        _model is not Network && NetworkCatalog.Find(NameOrPath(cmdlet.SessionState)) is { } entry ? CatalogNetwork.Structure(entry) : Resolve(cmdlet, device);

    private string NameOrPath(SessionState session)
    {
        if (_model is not null)
            return _model is CatalogModel listed ? listed.Name : throw new CnnVisException(ErrorIds.InvalidArgument, $"'{_model.Name}' was not made by this module.", _model);
        string name = _name!;
        if (ModelCatalog.Knows(name)) return name;
        try
        {
            string file = FilePaths.Plain(session, name);
            return File.Exists(file) ? file : name;
        }
        catch (CnnVisException)
        {
            return name; // not a path either; the catalog says what would be right
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _model?.Name ?? _name!;
}
