using System.Text.RegularExpressions;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Humans;

/// <summary>Finds the files of pictures that answers name by less than their path.</summary>
public sealed partial class PictureFinder
{
    private readonly ILookup<string, string> _files;

    /// <param name="paths">Files, folders with all that is in them, and tar files.</param>
    /// <param name="report">Told of what cannot be read.</param>
    public PictureFinder(IEnumerable<string> paths, Action<CnnVisException> report) =>
        _files = paths.SelectMany(p => ImageSources.In(p, recurse: true, report)).Select(s => s.Path).Distinct(StringComparer.Ordinal).ToLookup(p => Name(Plain(p)), StringComparer.Ordinal);

    /// <summary>The one file whose path ends in the picture's name; null where there is none, or several.</summary>
    public string? Find(string image)
    {
        string plain = Plain(image);
        bool hasFolder = plain.Contains('/', StringComparison.Ordinal);
        string[] found = [.. _files[Name(plain)].Where(f => !hasFolder || Plain(f) is var path && (path == plain || path.EndsWith('/' + plain, StringComparison.Ordinal)))];
        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>A file's name; of model-vs-human's stimuli without number, experiment and subject.</summary>
    private static string Name(string plain)
    {
        string file = plain[(plain.LastIndexOf('/') + 1)..];
        return Stimulus().Match(file) is { Success: true } match ? match.Groups[1].Value : file;
    }

    private static string Plain(string path) => path.Trim().Replace('\\', '/');

    [GeneratedRegex(@"^\d{4}_[^_]+_(?:dnn|s\d+)_(.+)$")]
    private static partial Regex Stimulus();
}
