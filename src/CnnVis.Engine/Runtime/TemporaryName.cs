namespace CnnVis.Engine.Runtime;

/// <summary>
/// Names of files and folders that are being written beside their target. Whoever writes one holds it open, which locks it; a name that nobody holds was left by a process that was killed.
/// </summary>
internal static class TemporaryName
{
    private const string Prefix = ".cnnvis-", Extension = ".tmp";

    /// <summary>In a folder that is being filled, the file that is held open meanwhile.</summary>
    private const string LockName = ".lock";

    /// <summary>So often another name is tried where a sweep was faster than the lock.</summary>
    private const int Attempts = 10;

    // Windows cannot rename an open file unless it was opened so; elsewhere that right would share the lock.
    private static readonly FileShare _share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>A new file in a folder, held until it is disposed.</summary>
    public static FileStream CreateFile(string folder) => Held(folder, name => Lock(name, FileOptions.None));

    /// <summary>A new folder in a folder.</summary>
    /// <returns>Its path, and what holds it until that is disposed.</returns>
    public static (string Path, FileStream Held) CreateFolder(string folder)
    {
        FileStream held = Held(folder, name => Lock(Path.Join(Directory.CreateDirectory(name).FullName, LockName), FileOptions.DeleteOnClose));
        return (Path.GetDirectoryName(held.Name)!, held);
    }

    /// <summary>Between its making and its lock a file is anybody's, and a sweep beside it may take it. What is still there when the lock is had stays.</summary>
    private static FileStream Held(string folder, Func<string, FileStream> create)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                FileStream held = create(Path.Join(folder, Prefix + Path.GetRandomFileName() + Extension));
                if (File.Exists(held.Name)) return held;
                held.Dispose();
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(folder))
            {
                // The sweep has the lock just now.
            }
            if (attempt == Attempts) throw new IOException($"Temporary files in '{folder}' go as soon as they are made.");
        }
    }

    private static FileStream Lock(string file, FileOptions options) => new(file, FileMode.CreateNew, FileAccess.Write, _share, bufferSize: 1 << 16, options);

    /// <summary>Removes what was left behind in a folder. What cannot be removed stays.</summary>
    public static void Sweep(string folder)
    {
        try
        {
            foreach (string left in Directory.EnumerateFileSystemEntries(folder, $"{Prefix}*{Extension}", new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
            {
                if (!Directory.Exists(left)) RemoveFile(left);
                else if (File.Exists(Path.Join(left, LockName)) && RemoveFile(Path.Join(left, LockName))) Directory.Delete(left, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another's, or not to be had: it does no harm.
        }
    }

    private static bool RemoveFile(string file)
    {
        if (new FileInfo(file).LinkTarget is not null) return false;
        try
        {
            // The lock is had, so nobody writes it.
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
