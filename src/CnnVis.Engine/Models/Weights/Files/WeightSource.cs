using Microsoft.Win32.SafeHandles;

namespace CnnVis.Engine.Models.Weights;

/// <summary>A file that is read by position, from several threads if need be.</summary>
internal sealed class WeightSource : IDisposable
{
    private readonly SafeFileHandle _handle;

    public WeightSource(string path)
    {
        _handle = File.OpenHandle(path);
        (Path, Length) = (path, RandomAccess.GetLength(_handle));
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>What lies at a place, or less at the end of the file.</summary>
    public int ReadSome(long offset, Span<byte> into) => RandomAccess.Read(_handle, into, offset);

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
