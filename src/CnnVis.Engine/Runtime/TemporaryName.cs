namespace CnnVis.Engine.Runtime;

/// <summary>
/// Names of files and folders that are being written beside their target. Whoever writes one holds it open, which locks it; a name that nobody holds was left by a process that was killed.
/// </summary>
internal static class TemporaryName
{
    private const string Prefix = ".cnnvis-", Extension = ".tmp";

    /// <summary>In a folder that is being filled, the file that is held open meanwhile.</summary>
    private const string LockName = ".lock";

    // Windows cannot rename an open file unless it was opened so; elsewhere that right would share the lock.
    public static FileShare Share { get; } = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>A new name in a folder.</summary>
    public static string In(string folder) => Path.Join(folder, Prefix + Path.GetRandomFileName() + Extension);

    /// <summary>Holds a folder of that name until it is disposed.</summary>
    public static FileStream Hold(string folder) => new(Path.Join(folder, LockName), FileMode.CreateNew, FileAccess.Write, Share, bufferSize: 1, FileOptions.DeleteOnClose);

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
