using System.Collections.Concurrent;

namespace CnnVis.Engine.Models.Bundled;

/// <summary>The networks that come with the module: ONNX files of a folder. Weights that others publish lie in their own files below it, which ours point into (ONNX's external data).</summary>
/// <param name="folder">Where they are.</param>
internal sealed class BundledNetworks(string folder)
{
    /// <summary>The <see cref="CnnModel.Source"/> of these networks.</summary>
    public const string Source = "bundled";

    private readonly ConcurrentDictionary<string, Lazy<Network>> _read = new(StringComparer.OrdinalIgnoreCase);

    private readonly string[] _files =
        [.. (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.onnx") : []).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>Those beside the engine.</summary>
    public static BundledNetworks Here { get; } = new(Path.Combine(Path.GetDirectoryName(typeof(BundledNetworks).Assembly.Location)!, "models"));

    /// <summary>Names of those whose files are all there.</summary>
    public IReadOnlyList<string> Names => [.. _files.Where(name => Missing(name) is null)];

    /// <summary>Whether one is called so, whether or not all its files are there.</summary>
    public bool Has(string name) => _files.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The network of that name, which all who ask share.</summary>
    /// <exception cref="CnnVisException">One of its files is missing; the message says how to get it.</exception>
    public Network Get(string name)
    {
        string file = Complete(name);
        return _read.GetOrAdd(name, _ => new Lazy<Network>(() => Network.Load(file, source: Source))).Value;
    }

    /// <summary>The network of that name, read for the caller alone and with the caller's options.</summary>
    /// <exception cref="CnnVisException">One of its files is missing; or the options do not fit it.</exception>
    public Network Read(string name, ImportOptions options, CancellationToken cancellation) => Network.Load(Complete(name), options, Source, cancellation);

    /// <summary>Lets go of those that were read; whoever holds one keeps it.</summary>
    public void Release() => _read.Clear();

    private string Complete(string name) => Missing(name) is not { } missing ? Path.Combine(folder, name.ToLowerInvariant() + ".onnx")
        : throw new CnnVisException(ErrorIds.ModelNotFound, $"{name} lacks weights that others publish: there is no '{missing}'. {ResNet224.HowToGet} All other networks work without it.", name);

    private string? Missing(string name) => name.Equals(ResNet224.Name, StringComparison.OrdinalIgnoreCase) ? ResNet224.Files.Select(f => Path.Combine(folder, ResNet224.Name, f)).FirstOrDefault(f => !File.Exists(f)) : null;
}
