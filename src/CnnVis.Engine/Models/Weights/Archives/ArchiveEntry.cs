using System.IO.Compression;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.Archives;

/// <summary>A file in a zip archive.</summary>
/// <param name="name">Its path in the archive.</param>
/// <param name="packed">Where it lies.</param>
/// <param name="length">Its length unpacked, as the directory declares it.</param>
/// <param name="deflated">Whether it is compressed.</param>
/// <param name="crc">CRC-32 of what is unpacked; 0 where the writer was told not to compute it.</param>
internal sealed class ArchiveEntry(string name, FileRange packed, long length, bool deflated, uint crc) : ISection
{
    public string Name { get; } = name;

    public long Length { get; } = length;

    public bool Deflated { get; } = deflated;

    /// <summary>Where its bytes lie as they are; null where they are compressed.</summary>
    public FileRange? Range => Deflated ? null : packed;

    public Stream Open()
    {
        Stream bytes = packed.Open();
        return new CheckedStream(Deflated ? new DeflateStream(bytes, CompressionMode.Decompress) : bytes, Name, Length, crc);
    }

    /// <summary>Reads it once to its end and holds it to its length and checksum.</summary>
    /// <exception cref="CnnVisException">It is damaged.</exception>
    public void Verify()
    {
        using Stream stream = Open();
        stream.CopyTo(Stream.Null); // to past the end, where the sum is checked
    }

    /// <summary>All of it.</summary>
    /// <exception cref="CnnVisException">It is longer than <paramref name="limit"/>, or damaged.</exception>
    public byte[] ReadAll(int limit)
    {
        if (Length > limit) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(Name)} has {Length} bytes, and at most {limit} are read.");
        byte[] bytes = new byte[Length];
        using Stream stream = Open();
        stream.ReadExactly(bytes);
        _ = stream.ReadByte(); // past the end, where the sum is checked
        return bytes;
    }
}
