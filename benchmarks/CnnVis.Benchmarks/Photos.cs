namespace CnnVis.Benchmarks;

/// <summary>Full-size photos: the shared ones where they are there, the examples' otherwise.</summary>
internal static class Photos
{
    private static readonly string _shared = Path.Combine(Module.Root, "..", "shared", "data", "photos");

    /// <summary>Where they are.</summary>
    public static string Folder => Directory.Exists(_shared) ? _shared : Path.Combine(Module.Root, "examples", "photos");

    /// <summary>So many paths; the photos are repeated as often as it takes.</summary>
    public static string[] Take(int count)
    {
        string[] files = [.. Directory.EnumerateFiles(Folder)
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png").Order(StringComparer.Ordinal)];
        return [.. Enumerable.Range(0, count).Select(i => files[i % files.Length])];
    }
}
