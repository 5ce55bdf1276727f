namespace CnnVis.Engine.Images;

/// <summary>A path that goes on inside a tar file.</summary>
/// <param name="Tar">The tar file.</param>
/// <param name="Entry">Name of the entry, or of a folder of entries, with / between folders.</param>
public readonly record struct TarPath(string Tar, string Entry)
{
    private const string Extension = ".tar";
    private static readonly string[] _compressed = [".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"];

    /// <summary>Whether a file's name says that it is a tar file.</summary>
    public static bool IsTar(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file's name says that it is a compressed tar file.</summary>
    public static bool IsCompressedTar(string path) => _compressed.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes a path apart; null where it does not go through a tar file.</summary>
    public static TarPath? Of(string path)
    {
        for (int at = 0; (at = path.IndexOf(Extension, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            at += Extension.Length;
            if (at >= path.Length - 1 || !IsSeparator(path[at])) continue;
            if (File.Exists(path[..at])) return new TarPath(path[..at], path[(at + 1)..].Replace(Path.DirectorySeparatorChar, '/').TrimEnd('/'));
        }
        return null;
    }

    private static bool IsSeparator(char c) => c == '/' || c == Path.DirectorySeparatorChar;
}
