using System.IO.Enumeration;

namespace CnnVis.Engine.Images;

/// <summary>Finds picture files.</summary>
public static class ImageFiles
{
    // AVIF and HEIC cannot be read; they are found all the same, so that an error says so and how to convert them.
    private static readonly HashSet<string> _extensions = new(
        [".jpg", ".jpeg", ".jpe", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".pbm", ".pgm", ".ppm", ".pnm", ".tga", ".npy", ".avif", ".heic", ".heif"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the file's name says that it is a picture.</summary>
    public static bool IsImage(string path) => _extensions.Contains(Path.GetExtension(path));

    /// <summary>
    /// Full paths of the pictures in a folder, in ordinal order of their paths below it (with / between folders) on every system. They come one
    /// by one; only the names in one folder and those above it are held. Hidden files and links to folders are passed over.
    /// </summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="recurse">Look into subfolders too.</param>
    /// <param name="failed">Takes the folders that cannot be read.</param>
    public static IEnumerable<string> In(string folder, bool recurse, Action<CnnVisException> failed)
    {
        // A stack of folders under way, not recursive iterators: each picture passes through one level.
        var under = new Stack<(string Folder, IEnumerator<Entry> Entries)>();
        Enter(Path.GetFullPath(folder));
        while (under.TryPeek(out var at))
        {
            if (!at.Entries.MoveNext())
            {
                under.Pop();
                continue;
            }
            Entry entry = at.Entries.Current;
            string path = Path.Join(at.Folder, entry.Name);
            if (entry.IsFolder) Enter(path);
            else yield return path;
        }

        void Enter(string path) => under.Push((path, Entries(path, recurse, failed).GetEnumerator()));
    }

    private static IEnumerable<Entry> Entries(string folder, bool recurse, Action<CnnVisException> failed)
    {
        try
        {
            var entries = new FileSystemEnumerable<Entry>(folder, (ref FileSystemEntry e) => new Entry(e.FileName.ToString(), e.IsDirectory), new EnumerationOptions { IgnoreInaccessible = false })
            {
                ShouldIncludePredicate = (ref FileSystemEntry e) => e.IsDirectory
                    ? recurse && !IsLink(ref e)
                    : _extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(e.FileName)),
            };
            return entries.OrderBy(e => e.SortKey, StringComparer.Ordinal).ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failed(new CnnVisException(ErrorIds.FolderUnreadable, $"The folder '{folder}' cannot be read: {error.Message.TrimEnd('.')}. Its pictures are left out.", folder, error));
            return [];
        }
    }

    // Cloud storage marks its folders as reparse points too; those have no target.
    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.ToFileSystemInfo().LinkTarget is not null;

    private readonly record struct Entry(string Name, bool IsFolder)
    {
        public string SortKey => IsFolder ? Name + '/' : Name;
    }
}
