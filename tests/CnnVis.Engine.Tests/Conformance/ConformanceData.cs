using System.Formats.Tar;
using System.IO.Compression;

namespace CnnVis.Engine.Tests.Conformance;

/// <summary>
/// ONNX's own test data: <c>onnx-conformance.tar.gz</c> in a folder <c>shared/data</c> above or beside the repository, the folder that <c>CNNVIS_ONNX_TESTDATA</c> names, or Debian's package libonnx-testdata.
/// </summary>
internal static class ConformanceData
{
    /// <summary>What kinds of tests there are: a folder each.</summary>
    private static readonly string[] _suites = ["node", "pytorch-converted", "pytorch-operator", "simple"];

    /// <summary>What a skipped test says.</summary>
    public const string Missing = "ONNX's test data are not here; install libonnx-testdata, or let CNNVIS_ONNX_TESTDATA name a folder with onnx's backend/test/data.";

    /// <summary>Folder or archive, or null.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CNNVIS_ONNX_TESTDATA") is { Length: > 0 } named && Directory.Exists(named)) return named;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string archive = Path.Combine(folder.FullName, "shared", "data", "onnx-conformance.tar.gz");
            if (File.Exists(archive)) return archive;
        }
        return Array.Find(["/usr/share/libonnx-testdata/data", "/usr/share/onnx/backend/test/data"], Directory.Exists);
    }

    /// <summary>Its tests, in order of their names.</summary>
    public static IReadOnlyList<ConformanceCase> Read(string place)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        if (Directory.Exists(place))
        {
            foreach (string file in Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories))
                if (IsWanted(Path.GetRelativePath(place, file).Replace('\\', '/')) is { } name) files[name] = File.ReadAllBytes(file);
        }
        else
        {
            using var tar = new TarReader(new GZipStream(File.OpenRead(place), CompressionMode.Decompress));
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is null || IsWanted(entry.Name) is not { } name) continue;
                byte[] bytes = new byte[entry.Length];
                entry.DataStream.ReadExactly(bytes);
                files[name] = bytes;
            }
        }
        return [.. files.Keys.Where(name => name.EndsWith("/model.onnx", StringComparison.Ordinal)).Select(name => new ConformanceCase(name[..^"/model.onnx".Length], files))];
    }

    /// <summary>The name from the suite on; null where it is of no suite.</summary>
    private static string? IsWanted(string name)
    {
        string[] parts = name.Split('/');
        int suite = Array.FindIndex(parts, part => _suites.Contains(part));
        return suite >= 0 && (name.EndsWith(".onnx", StringComparison.Ordinal) || name.EndsWith(".pb", StringComparison.Ordinal)) ? string.Join('/', parts[suite..]) : null;
    }
}
