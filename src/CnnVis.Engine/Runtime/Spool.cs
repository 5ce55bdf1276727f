namespace CnnVis.Engine.Runtime;

/// <summary>
/// Numbers that wait on the disk. The file has no name from the moment it is open (on Windows it goes when it is closed), so that nobody else reads it and none is left behind when the
/// process is killed.
/// </summary>
internal static class Spool
{
    /// <summary>Opens an empty one in the folder for temporary files.</summary>
    /// <exception cref="CnnVisException">There is no room, or no such folder, or it may not be written (WriteFailed).</exception>
    public static FileStream Open()
    {
        string folder = Path.GetTempPath(), path = Path.Join(folder, Path.GetRandomFileName());
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 1 << 16 };
            if (OperatingSystem.IsWindows()) options.Options = FileOptions.DeleteOnClose;
            else options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(error);
        }
    }

    /// <summary>The error of what cannot be written there.</summary>
    public static CnnVisException Failed(Exception error)
    {
        string folder = Path.GetTempPath(), variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
        return new CnnVisException(ErrorIds.WriteFailed, $"The folder for temporary files, '{folder}', cannot be written: {error.Message.TrimEnd('.')}. Make room there, or name another folder in $env:{variable}.", folder, error);
    }
}
