using System.Globalization;

namespace CnnVis.Engine.Images;

/// <summary>The path of a page of a TIFF file: <c>stack.tif#3</c> is its third picture.</summary>
/// <param name="File">The file, or the entry of a tar file.</param>
/// <param name="Page">Which page, counted from 1; null where the path names none.</param>
public readonly record struct PagePath(string File, int? Page)
{
    private static readonly string[] _extensions = [".tif", ".tiff"];

    /// <summary>Whether a file's name says that it may have pages.</summary>
    public static bool HasPages(string path) => _extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a path apart. A file that is really called so is no page.</summary>
    public static PagePath Of(string path) =>
        path.LastIndexOf('#') is var at and > 0 && HasPages(path[..at]) && int.TryParse(path.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int page) && page > 0 && !System.IO.File.Exists(path)
            ? new PagePath(path[..at], page) : new PagePath(path, null);

    /// <inheritdoc/>
    public override string ToString() => Page is null ? File : string.Create(CultureInfo.InvariantCulture, $"{File}#{Page}");
}
