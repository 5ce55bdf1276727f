using CnnVis.Engine.Models.Weights.Archives;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.NumPy;

/// <summary>NumPy's archive of arrays: every entry is an array file, called after the array. Arrays of text are passed over.</summary>
internal static class NpzReader
{
    private const string Extension = ".npy";

    /// <summary>Whether the archive is one.</summary>
    public static bool Recognises(WeightArchive archive) => archive.Entries.Count > 0 && archive.Entries.Keys.All(k => k.EndsWith(Extension, StringComparison.Ordinal));

    public static WeightContent Read(WeightArchive archive)
    {
        var content = new WeightContent(WeightFormat.NumPy);
        foreach (var (path, entry) in archive.Entries)
        {
            string name = path[..^Extension.Length];
            if (NpyReader.Read(entry, name) is { } tensor) content.Add(name, tensor);
        }
        return content;
    }
}
