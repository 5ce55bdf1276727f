namespace CnnVis.Engine.Runtime;

/// <summary>Writes files whole or not at all: into a temporary file beside the target, which then takes its name.</summary>
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
        if (!overwrite && File.Exists(path)) throw Exists(path, null);
        string? temporary = null;
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new IOException("It is a folder.");
            Directory.CreateDirectory(folder);
            temporary = Path.Join(folder, $".{Path.GetRandomFileName()}.tmp");
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(content, stream);
                stream.Flush(flushToDisk: true); // or a power cut could leave the new name with nothing behind it
            }
            File.Move(temporary, path, overwrite);
        }
        catch (Exception error)
        {
            if (temporary is not null) Remove(temporary);
            if (error is CnnVisException or OperationCanceledException) throw;
            if (!overwrite && File.Exists(path)) throw Exists(path, error); // another was faster
            throw new CnnVisException(ErrorIds.WriteFailed, $"'{path}' could not be written: {(Directory.Exists(path) ? "it is a folder." : error.Message)}", path, error);
        }
    }

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
