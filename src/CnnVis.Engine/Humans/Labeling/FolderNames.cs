using CnnVis.Engine.Images;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Humans.Labeling;

/// <summary>What pictures show by the folders that they lie in, whose names a table may translate: ImageNet's folders are called n01443537, and mean a goldfish.</summary>
public sealed class FolderNames
{
    private readonly Dictionary<string, string> _meanings = new(StringComparer.Ordinal);

    private FolderNames() { }

    /// <param name="path">The table; null for none.</param>
    /// <param name="report">Told of each row that is wrong.</param>
    /// <exception cref="CnnVisException">It cannot be read, or lacks a column.</exception>
    public static FolderNames Read(string? path, Action<CnnVisException> report)
    {
        var names = new FolderNames();
        if (path is null) return names;
        DelimitedFile file = DelimitedFile.Open(path);
        int folder = file.Require("the folder", "wnid", "folder", "directory", "synset"), meaning = file.Require("the name", "name", "class", "class_name", "label");
        foreach (var (_, fields) in file.ReadableRows(report)) names._meanings[fields[folder].Trim()] = fields[meaning].Trim();
        return names;
    }

    /// <summary>What a picture's folder means; null where it lies in none.</summary>
    public string? Of(string path) => FolderLabel.Of(path) is { } folder ? _meanings.GetValueOrDefault(folder, folder) : null;
}
