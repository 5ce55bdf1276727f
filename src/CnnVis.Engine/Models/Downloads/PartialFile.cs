namespace CnnVis.Engine.Models.Downloads;

/// <summary>
/// A file on its way: <c>name.partial</c> beside the target, with the server's word for this version of it (<c>name.partial.version</c>), under a lock
/// (<c>name.partial.lock</c>) that one download holds at a time. What is there stays there for the next one.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    // Windows refuses to delete an open file without the right to; elsewhere that right would share the lock.
    private static readonly FileShare _exclusive = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly string _target, _path, _versionPath, _lockPath;
    private readonly FileStream _lock;

    private PartialFile(string target, FileStream held) =>
        (_target, _path, _versionPath, _lockPath, _lock) = (target, PathOf(target), PathOf(target) + ".version", PathOf(target) + ".lock", held);

    /// <summary>Name that a target has on its way.</summary>
    public static string PathOf(string target) => target + ".partial";

    /// <summary>Takes the lock; null while another has it.</summary>
    public static PartialFile? TryOpen(string target)
    {
        try
        {
            return new PartialFile(target, new FileStream(PathOf(target) + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, _exclusive));
        }
        catch (IOException error) when (error.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021)) // EAGAIN of Linux and macOS, sharing and lock violations
        {
            return null;
        }
    }

    /// <summary>Where it is.</summary>
    public string Path => _path;

    /// <summary>Bytes so far.</summary>
    public long Length => new FileInfo(_path) is { Exists: true } info ? info.Length : 0;

    /// <summary>The server's word for the version that the bytes are of: a strong ETag or a date; null where it gave none.</summary>
    public string? Version
    {
        get => File.Exists(_versionPath) ? File.ReadAllText(_versionPath) : null;
        set
        {
            if (value is null) File.Delete(_versionPath);
            else File.WriteAllText(_versionPath, value);
        }
    }

    /// <summary>Throws away what is there.</summary>
    public void Discard()
    {
        File.Delete(_path);
        Version = null;
    }

    /// <summary>Gives it the target's name.</summary>
    public void Complete()
    {
        File.Move(_path, _target, overwrite: true);
        Version = null;
        // Only now, as whoever gets hold of the lock's old file finds the target there.
        File.Delete(_lockPath);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
