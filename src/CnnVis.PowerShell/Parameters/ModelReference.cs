using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Cmdlets;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-Model</c> takes: a network, the name of one, or an ONNX file. A name is looked up when the cmdlet begins, so that a wrong one is an error with its own id.</summary>
public sealed class ModelReference
{
    private readonly CnnModel? _model;
    private readonly string? _name;
    private readonly ModelStamp? _stamp;

    /// <param name="model">A network.</param>
    public ModelReference(CnnModel model) => _model = model;

    /// <param name="nameOrPath">The name of one, or a file.</param>
    public ModelReference(string nameOrPath) => _name = nameOrPath;

    /// <param name="stamp">What is left of one.</param>
    internal ModelReference(ModelStamp stamp) => _stamp = stamp;

    /// <summary>The network that is used when none is named: the one of Set-CnnOption, or the bundled one.</summary>
    public static ModelReference Default => new(UserOptions.Current.Model ?? ModelCatalog.Default);

    /// <summary>What tells it from others: the object, the stamp, or the text.</summary>
    internal object Key => (object?)(_model is null ? null : new ReferenceKey(_model)) ?? (object?)_stamp ?? _name!;

    /// <summary>What a value of a parameter or property means; null for what is no network at all.</summary>
    internal static ModelReference? Of(object? value) => value switch
    {
        null => null,
        ModelReference reference => reference,
        PSObject { BaseObject: ModelReference reference } => reference,
        PSObject { BaseObject: CnnModel model } => new ModelReference(model),
        CnnModel model => new ModelReference(model),
        PSObject item when DeserializedResult.IsModel(item) => new ModelReference(new ModelStamp($"{item.Properties["Name"]?.Value}", PipedReader.Text(item, "Hash"), PipedReader.Text(item, "Source"))),
        PSObject { BaseObject: ICnnResult { Origin: { } origin } } => new ModelReference(origin.Model),
        ICnnResult { Origin: { } origin } => new ModelReference(origin.Model),
        _ => $"{value}" is { Length: > 0 } name ? new ModelReference(name) : null,
    };

    /// <summary>The network, its weights downloaded if need be.</summary>
    /// <param name="cmdlet">Who asks.</param>
    /// <param name="device">Where it is to compute; null for where it does.</param>
    /// <exception cref="CnnVisException">It was disposed; or what <see cref="ModelCatalog.Get(string)"/> throws.</exception>
    internal Network Resolve(CnnVisCommand cmdlet, string? device)
    {
        if (_model is Network { IsDisposed: true }) throw new CnnVisException(ErrorIds.InvalidArgument, $"The network '{_model.Name}' was disposed. Import it again, or name it.", _model);
        Network network = _model as Network ?? Find(cmdlet);
        if (device is not null) network = network.On(device);
        cmdlet.Note(network);
        return network;
    }

    /// <summary>The network, which may lack its weights where it has a name.</summary>
    internal Network ResolveStructure(CnnVisCommand cmdlet, string device) =>
        _model is not Network && _stamp is null && NetworkCatalog.Find(NameOrPath(cmdlet.SessionState)) is { } entry ? CatalogNetwork.Structure(entry) : Resolve(cmdlet, device);

    /// <summary>Whether it is that network. Two readings of one file are.</summary>
    internal bool Is(Network network, CnnVisCommand cmdlet) => _model switch
    {
        Network own => ReferenceEquals(own, network) || own.Name == network.Name && ReferenceEquals(own.Graph, network.Graph) || NetworkHash.Of(own, cmdlet.Cancellation) == NetworkHash.Of(network, cmdlet.Cancellation),
        CatalogModel { Status: ModelStatus.Architecture or ModelStatus.Downloadable } listed => network.Origin.Model is CatalogModel && network.Name == listed.Name,
        _ when _stamp is { Hash: { } hash } => NetworkHash.Of(network, cmdlet.Cancellation) == hash,
        _ when _stamp is not null => _stamp.Name == network.Name,
        _ => NetworkHash.Of(Resolve(cmdlet, network.Device), cmdlet.Cancellation) == NetworkHash.Of(network, cmdlet.Cancellation),
    };

    private Network Find(CnnVisCommand cmdlet)
    {
        if (_stamp is null) return ModelCatalog.Get(NameOrPath(cmdlet.SessionState), cmdlet.Fetch, cmdlet.Cancellation);
        // A name alone is no network: the weights behind it have to be those that made the results.
        if (!ModelCatalog.Knows(_stamp.Name) || _stamp.Hash is not null && ModelCatalog.StatusOf(_stamp.Name) is not (ModelStatus.Bundled or ModelStatus.Cached)) throw Absent(_stamp, "is not in this session");
        Network found = ModelCatalog.Get(_stamp.Name, cmdlet.Fetch, cmdlet.Cancellation);
        return _stamp.Hash is null || NetworkHash.Of(found, cmdlet.Cancellation) == _stamp.Hash ? found : throw Absent(_stamp, $"has other weights than the {found.Name} that is known by that name");
    }

    private static CnnVisException Absent(ModelStamp stamp, string why)
    {
        string hash = stamp.Hash is { Length: > 8 } known ? $" (SHA-256 {known[..8]}…)" : "";
        return new CnnVisException(ErrorIds.ModelMismatch, $"The network '{stamp.Name}'{hash} that made this {why}. Load it and say -Model $network: $network = {HowToLoad(stamp)}.", stamp.Name);
    }

    /// <summary>The command that reads a network again.</summary>
    private static string HowToLoad(ModelStamp stamp) => stamp.Source switch
    {
        { } source when source.StartsWith("random, seed ", StringComparison.Ordinal) => $"Import-CnnModel {stamp.Name} -Random -Seed {source["random, seed ".Length..]}",
        { } source when source.StartsWith("http", StringComparison.OrdinalIgnoreCase) || ModelCatalog.Knows(stamp.Name) && !File.Exists(source) => $"Import-CnnModel {stamp.Name}",
        { } source when ModelCatalog.Knows(stamp.Name) && !source.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) => $"Import-CnnModel {stamp.Name} -WeightPath '{source}'",
        { } source => $"Import-CnnModel '{source}'",
        null => "Import-CnnModel <its file>",
    };

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

    /// <summary>An object as itself: networks are equal to their names.</summary>
    private readonly record struct ReferenceKey(CnnModel Model)
    {
        public bool Equals(ReferenceKey other) => ReferenceEquals(Model, other.Model);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Model);
    }

    /// <inheritdoc/>
    public override string ToString() => _model?.Name ?? _stamp?.Name ?? _name!;
}
