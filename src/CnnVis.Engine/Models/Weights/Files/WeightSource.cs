using CnnVis.Engine.Runtime;
using Microsoft.Win32.SafeHandles;

namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>A file that is read by position, from several threads if need be.</summary>
internal sealed class WeightSource : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly long _start;

    /// <param name="path">The file.</param>
    /// <param name="start">Where in the file it begins.</param>
    /// <param name="length">Its bytes; null for all to the end.</param>
    public WeightSource(string path, long start = 0, long? length = null)
    {
        _handle = PlainFile.OpenHandle(path);
        long whole = RandomAccess.GetLength(_handle);
        (Path, _start, Length) = (path, start, Math.Max(0, Math.Min(length ?? whole, whole - start)));
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>What lies at a place, or less at the end of the file.</summary>
    public int ReadSome(long offset, Span<byte> into) => RandomAccess.Read(_handle, into[..(int)Math.Clamp(Length - offset, 0, into.Length)], _start + offset);

    /// <summary>All of what lies at a place.</summary>
    /// <exception cref="CnnVisException">The file ends before.</exception>
    public byte[] Read(long offset, long count)
    {
        if (offset < 0 || count < 0 || count > Length - offset || count > Array.MaxLength) throw Truncated();
        byte[] bytes = new byte[count];
        for (int read = 0, n; read < bytes.Length; read += n)
            if ((n = ReadSome(offset + read, bytes.AsSpan(read))) == 0) throw Truncated();
        return bytes;
    }

    public void Dispose() => _handle.Dispose();

    public static CnnVisException Truncated() => WeightErrors.Unreadable("it is cut short; copy or download it again.");
}
