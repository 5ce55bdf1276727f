using System.Collections.Concurrent;

namespace CnnVis.Engine.Models;

/// <summary>Networks by name or file. A network is read once and shared: nothing ever changes one.</summary>
public static class ModelCatalog
{
    /// <summary>The network that is used when none is named.</summary>
    public const string Default = "alexnet64";

    private static readonly ConcurrentDictionary<string, Lazy<Network>> _bundled = new(StringComparer.OrdinalIgnoreCase);

    private static string Folder => Path.Combine(Path.GetDirectoryName(typeof(ModelCatalog).Assembly.Location)!, "models");

    /// <summary>Names of the networks that come with the module.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. (Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.onnx") : []).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>The network of that name, or in that file.</summary>
    /// <exception cref="CnnVisException">There is neither; or the file is no network.</exception>
    public static Network Get(string nameOrPath)
    {
        if (Names.Contains(nameOrPath, StringComparer.OrdinalIgnoreCase))
            return _bundled.GetOrAdd(nameOrPath, name => new Lazy<Network>(() => Network.Load(Path.Combine(Folder, name.ToLowerInvariant() + ".onnx"), source: "bundled"))).Value;
        if (File.Exists(nameOrPath)) return Network.Load(Path.GetFullPath(nameOrPath));
        throw new CnnVisException(ErrorIds.ModelNotFound, $"'{nameOrPath}' is neither a network that CnnVis knows ({string.Join(", ", Names)}) nor an ONNX file. Get-CnnModel lists the names; Import-CnnModel -Path reads a file.", nameOrPath);
    }
}
