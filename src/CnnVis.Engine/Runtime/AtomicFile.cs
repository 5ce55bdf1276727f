namespace CnnVis.Engine.Runtime;

/// <summary>
/// Writes files whole or not at all: into a temporary file beside the target, which then takes its name. What is replaced is a regular file, whose mode the new one takes over; of a symbolic link
/// the file that it leads to. Temporary files that a process left behind when it was killed go with the next writing beside them.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file; makes missing folders.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content, and leaves the stream open.</param>
    /// <param name="overwrite">Replace a file that exists.</param>
    /// <exception cref="CnnVisException">It exists and may not be replaced (FileExists), or could not be written (WriteFailed). What was there before is untouched.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite) => Write(path, write, static (w, stream) => w(stream), overwrite);

    /// <summary>Writes a file of these bytes; makes missing folders.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="overwrite">Replace a file that exists.</param>
    /// <exception cref="CnnVisException">It exists and may not be replaced (FileExists), or could not be written (WriteFailed). What was there before is untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool overwrite) => Write(path, content, static (bytes, stream) => stream.Write(bytes), overwrite);

    private static void Write<T>(string path, T content, Action<T, Stream> write, bool overwrite) where T : allows ref struct
    {
        if (!overwrite && IsThere(path)) throw Exists(path, null);
        string? temporary = null;
        try
        {
            string target = Target(path), folder = Path.GetDirectoryName(target) ?? throw new IOException("It is a folder.");
            PlainFile.Ensure(target);
            Directory.CreateDirectory(folder);
            TemporaryName.Sweep(folder);
            using FileStream stream = TemporaryName.CreateFile(folder); // held until it has its name
            temporary = stream.Name;
            write(content, stream);
            stream.Flush(flushToDisk: true); // or a power cut could leave the new name with nothing behind it
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite);
        }
        catch (Exception error)
        {
            if (temporary is not null) Remove(temporary);
            if (error is CnnVisException or OperationCanceledException) throw;
            if (!overwrite && IsThere(path)) throw Exists(path, error); // another was faster
            throw new CnnVisException(ErrorIds.WriteFailed, $"'{path}' could not be written: {(Directory.Exists(path) ? "it is a folder." : error.Message)}", path, error);
        }
    }

    /// <summary>A file, or a link, wherever that leads; folders fail later, by what they are.</summary>
    private static bool IsThere(string path) => File.Exists(path) || IsLink(path);

    /// <summary>The file that is written: where a link leads.</summary>
    private static string Target(string path)
    {
        string target = IsLink(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        return Directory.Exists(target) ? throw new IOException("It is a folder.") : target;
    }

    private static bool IsLink(string path) => !path.Contains('\0', StringComparison.Ordinal) && new FileInfo(path).LinkTarget is not null;

    private static CnnVisException Exists(string path, Exception? error) =>
        new(ErrorIds.FileExists, $"'{path}' exists already. Choose another name, or replace it with -Force.", path, error);

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
