using CnnVis.Engine.Runtime;
using Microsoft.Win32.SafeHandles;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Where a parameter's bytes lie in a file, so that they are read straight into its memory. The range was checked against the file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Of the first byte.</param>
/// <param name="Length">Bytes.</param>
internal sealed record StoredBytes(string Path, long Offset, long Length)
{
    /// <summary>Opens the file for <see cref="Fill"/>.</summary>
    /// <exception cref="CnnVisException">It cannot be read.</exception>
    public SafeFileHandle Open()
    {
        try
        {
            return PlainFile.OpenHandle(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e.Message, e);
        }
    }

    /// <summary>Reads bytes from a place in the range on.</summary>
    /// <exception cref="CnnVisException">The file has become shorter meanwhile, or cannot be read.</exception>
    public void Fill(SafeFileHandle file, long from, Span<byte> destination)
    {
        try
        {
            while (destination.Length > 0)
            {
                int read = RandomAccess.Read(file, destination, Offset + from);
                if (read == 0) throw Unreadable("it ends before the parameter does.");
                destination = destination[read..];
                from += read;
            }
        }
        catch (IOException e)
        {
            throw Unreadable(e.Message, e);
        }
    }

    private CnnVisException Unreadable(string why, Exception? inner = null) => new(ErrorIds.ModelUnreadable, $"'{Path}' cannot be read: {why}", Path, inner);
}
