namespace CnnVis.Benchmarks;

/// <summary>Full-size photos: the shared ones where they are there, the examples' otherwise.</summary>
internal static class Photos
{
    /// <summary>So many paths; the photos are repeated as often as it takes.</summary>
    public static string[] Take(int count)
    {
        string shared = Path.Combine(Module.Root, "..", "shared", "data", "photos");
        string[] files = [.. Directory.EnumerateFiles(Directory.Exists(shared) ? shared : Path.Combine(Module.Root, "examples", "photos"))
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png").Order(StringComparer.Ordinal)];
        return [.. Enumerable.Range(0, count).Select(i => files[i % files.Length])];
    }
}
