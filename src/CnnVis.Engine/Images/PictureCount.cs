namespace CnnVis.Engine.Images;

/// <summary>Counts the pictures of folders and tar files on a thread of its own while others are worked on, so that a bar can tell how many are left.</summary>
/// <param name="cancellation">Ends the counting.</param>
public sealed class PictureCount(CancellationToken cancellation)
{
    private readonly List<Task<long>> _counts = [];
    private long _single;

    /// <summary>Pictures of all that was added; null while they are being counted, or where that failed.</summary>
    public long? Total => _counts.TrueForAll(c => c.IsCompletedSuccessfully) ? _single + _counts.Sum(c => c.Result) : null;

    /// <summary>Begins to count what a path names.</summary>
    /// <param name="path">As <see cref="ImageSources.In"/> takes it.</param>
    /// <param name="recurse">Subfolders too.</param>
    public void Add(string path, bool recurse)
    {
        if (File.Exists(path) && !TarPath.IsTar(path) && !PagePath.HasPages(path)) _single++;
        else _counts.Add(Task.Run(() => Count(path, recurse), CancellationToken.None));
    }

    private long Count(string path, bool recurse)
    {
        long count = 0;
        foreach (ImageSource _ in ImageSources.In(path, recurse, static _ => { }))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
        }
        return count;
    }
}
