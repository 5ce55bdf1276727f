namespace CnnVis.Engine.Images;

/// <summary>Where the pictures of tar files lie, for paths that come back. The indices of the last few files are kept; a file that changed is read again.</summary>
internal static class TarIndex
{
    private const int Kept = 8;
    private static readonly Lock _door = new();
    private static readonly LinkedList<Index> _recent = []; // the latest first

    /// <summary>Where an entry's bytes lie in its tar file: offset and length.</summary>
    /// <exception cref="CnnVisException">There is no such entry (PathNotFound), or the file is damaged (ImageUnreadable).</exception>
    public static (long Offset, long Length) Find(TarPath path)
    {
        string tar = Path.GetFullPath(path.Tar);
        var file = new FileInfo(tar);
        lock (_door) // whoever comes second waits instead of reading the same file again
        {
            LinkedListNode<Index>? node = _recent.First;
            while (node is not null && node.Value.Tar != tar) node = node.Next;
            if (node is not null) _recent.Remove(node);
            Index index = node?.Value is { } known && known.Length == file.Length && known.Written == file.LastWriteTimeUtc ? known : Read(tar, file);
            _recent.AddFirst(index);
            if (_recent.Count > Kept) _recent.RemoveLast();
            return index.Entries.TryGetValue(path.Entry, out var place) ? place
                : throw index.Error ?? new CnnVisException(ErrorIds.PathNotFound, $"There is no picture '{path.Entry}' in '{path.Tar}'.", $"{path.Tar}/{path.Entry}");
        }
    }

    private static Index Read(string tar, FileInfo file)
    {
        var entries = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        CnnVisException? problem = null;
        foreach (ImageSource entry in TarFile.Pictures(tar, "", error => problem = error))
            entries[entry.Path[(tar.Length + 1)..]] = (entry.Offset, entry.Length!.Value); // of two of a name the later counts, as when unpacking
        return new Index(tar, file.Length, file.LastWriteTimeUtc, entries, problem);
    }

    private sealed record Index(string Tar, long Length, DateTime Written, Dictionary<string, (long Offset, long Length)> Entries, CnnVisException? Error);
}
