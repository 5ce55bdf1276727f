using System.Collections.Concurrent;
using CnnVis.Engine.Models.Bundled;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Downloads;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Models;

/// <summary>Networks by name: those that come with the module, and those whose weights are downloaded. A network is read once and shared: nothing ever changes one.</summary>
public static class ModelCatalog
{
    /// <summary>Downloaded ones by file; they go when nobody uses them and memory is short.</summary>
    private static readonly ConcurrentDictionary<string, WeakReference<Network>> _read = new(StringComparer.Ordinal);

    /// <summary>The network that is used when nobody names one: resnet224, or alexnet64 where the weights of the former are not there.</summary>
    public static string Default => BundledNetworks.Here.Names.Contains(ResNet224.Name, StringComparer.Ordinal) ? ResNet224.Name : "alexnet64";

    /// <summary>Names of the networks that come with the module, then those of the catalog.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. BundledNetworks.Here.Names, .. NetworkCatalog.Names];

    /// <summary>Whether that is the name of one, whatever its case.</summary>
    public static bool Knows(string name) => BundledNetworks.Here.Has(name) || NetworkCatalog.Find(name) is not null;

    /// <summary>Whether its weights are here.</summary>
    public static ModelStatus StatusOf(string name) => BundledNetworks.Here.Has(name) ? ModelStatus.Bundled : new CatalogModel(NetworkCatalog.Find(name)!).Status;

    /// <summary>What can be told of a network without downloading anything: a bundled one itself, else one that is only listed.</summary>
    /// <exception cref="CnnVisException">There is none of that name.</exception>
    public static CnnModel Describe(string name) => BundledNetworks.Here.Has(name) ? BundledNetworks.Here.Get(name)
        : NetworkCatalog.Find(name) is { } entry ? new CatalogModel(entry)
        : throw NotFound(name);

    /// <summary>The layers of the network of that name or in that file, which may lack its weights.</summary>
    /// <exception cref="CnnVisException">There is neither; or the file is no network.</exception>
    public static Network Structure(string nameOrPath) => NetworkCatalog.Find(nameOrPath) is { } entry ? CatalogNetwork.Structure(entry) : Get(nameOrPath);

    /// <summary>The network of that name, its weights downloaded if need be, or in that file.</summary>
    /// <exception cref="CnnVisException">There is neither; the weights cannot be downloaded; or the file is no network.</exception>
    public static Network Get(string nameOrPath) => Get(nameOrPath, file => WeightCache.GetAsync(file, DownloadOptions.Default, null, default).GetAwaiter().GetResult());

    /// <summary>The network of that name, or in that file.</summary>
    /// <param name="nameOrPath">The name, or a file.</param>
    /// <param name="fetch">Brings a weight file to this machine; gives its path.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CnnVisException">There is neither; the weights cannot be had; or the file is no network.</exception>
    public static Network Get(string nameOrPath, Func<PublishedFile, string> fetch, CancellationToken cancellation = default)
    {
        if (BundledNetworks.Here.Has(nameOrPath)) return BundledNetworks.Here.Get(nameOrPath);
        if (NetworkCatalog.Find(nameOrPath) is { } entry)
        {
            string key = CatalogModel.WeightsOf(entry).LocalPath;
            if (_read.TryGetValue(key, out var known) && known.TryGetTarget(out Network? network)) return network;
            network = Read(entry, new ImportOptions(), fetch, cancellation);
            _read[key] = new WeakReference<Network>(network);
            return network;
        }
        return File.Exists(nameOrPath) ? Network.Load(Path.GetFullPath(nameOrPath), cancellation: cancellation) : throw NotFound(nameOrPath);
    }

    /// <summary>The network of that name, read for the caller alone and with the caller's options.</summary>
    /// <exception cref="CnnVisException">There is none of that name; its weights cannot be had; or the options do not fit it.</exception>
    public static Network Read(string name, ImportOptions options, Func<PublishedFile, string> fetch, CancellationToken cancellation) =>
        BundledNetworks.Here.Has(name) ? BundledNetworks.Here.Read(name, options, cancellation)
        : NetworkCatalog.Find(name) is { } entry ? Read(entry, options, fetch, cancellation)
        : throw NotFound(name);

    /// <summary>Reads a network anew when its name is asked for next.</summary>
    internal static void Forget(Network network)
    {
        foreach (var (key, known) in _read)
            if (known.TryGetTarget(out Network? read) && read == network) _read.TryRemove(key, out _);
    }

    /// <summary>Lets go of every network that only this catalog holds, and gives their memory back.</summary>
    public static void Release()
    {
        BundledNetworks.Here.Release();
        _read.Clear();
        WeightMemory.Collect();
    }

    /// <summary>The error for a name that is none.</summary>
    public static CnnVisException NotFound(string name) =>
        new(ErrorIds.ModelNotFound, $"'{name}' is neither a network that CnnVis knows nor a file. Did you mean {string.Join(", ", Suggestion.For(name, Names))}? Get-CnnModel lists the names; Import-CnnModel -Path reads a file.", name);

    private static Network Read(CatalogEntry entry, ImportOptions options, Func<PublishedFile, string> fetch, CancellationToken cancellation)
    {
        PublishedFile file = CatalogModel.WeightsOf(entry);
        string path = fetch(file);
        try
        {
            return CatalogNetwork.Load(entry, path, options, cancellation: cancellation);
        }
        catch (CnnVisException error) when (error.ErrorId is ErrorIds.WeightsUnreadable or ErrorIds.WeightsMismatch)
        {
            WeightCache.CheckAsync(file, path, cancellation).GetAwaiter().GetResult(); // it may have gone bad since it was checked
            throw;
        }
    }
}
