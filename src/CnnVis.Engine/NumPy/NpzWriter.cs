using System.IO.Compression;

namespace CnnVis.Engine.NumPy;

/// <summary>Writes NumPy's archive of arrays, not compressed: the same arrays give the same bytes.</summary>
internal sealed class NpzWriter(Stream stream) : IDisposable
{
    private readonly ZipArchive _archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>An array.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="write">Writes the array file.</param>
    public void Add(string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = _archive.CreateEntry(name + NpyWriter.Extension, CompressionLevel.NoCompression);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using Stream to = entry.Open();
        write(to);
    }

    public void Dispose() => _archive.Dispose();
}
