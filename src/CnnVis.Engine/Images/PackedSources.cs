using System.Collections;
using System.Runtime.InteropServices;

namespace CnnVis.Engine.Images;

/// <summary>Some pictures of a list in as few bytes as that takes: each path without what it shares with the one before.</summary>
internal sealed class PackedSources : IEnumerable<ImageSource>
{
    private const int MostBytes = 1 << 14;

    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;
    private string _last = "";

    public PackedSources() => _writer = new BinaryWriter(_bytes);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the next should go elsewhere.</summary>
    public bool IsFull => _bytes.Length >= MostBytes;

    /// <summary>Adds a picture of a file.</summary>
    public void Add(ImageSource source)
    {
        if (source.Picture is not null || source.Label is not null || !source.Path.StartsWith(source.File, StringComparison.Ordinal)) throw new ArgumentException("No picture of a list of files.", nameof(source));
        int shared = source.Path.AsSpan().CommonPrefixLength(_last);
        _writer.Write7BitEncodedInt(shared);
        _writer.Write7BitEncodedInt(source.Path.Length - shared);
        _writer.Write(MemoryMarshal.AsBytes(source.Path.AsSpan(shared))); // as they are: names of files need not be text
        _writer.Write7BitEncodedInt(source.Path.Length - source.File.Length);
        _writer.Write7BitEncodedInt64(source.Offset);
        _writer.Write7BitEncodedInt64(source.Length + 1 ?? 0);
        _writer.Write7BitEncodedInt(source.Page ?? 0);
        _last = source.Path;
        Count++;
    }

    /// <inheritdoc/>
    public IEnumerator<ImageSource> GetEnumerator()
    {
        using var reader = new BinaryReader(new MemoryStream(_bytes.GetBuffer(), 0, (int)_bytes.Length, writable: false));
        string last = "";
        for (int i = 0; i < Count; i++)
        {
            int shared = reader.Read7BitEncodedInt();
            last = string.Concat(last.AsSpan(0, shared), MemoryMarshal.Cast<byte, char>(reader.ReadBytes(sizeof(char) * reader.Read7BitEncodedInt())));
            int behind = reader.Read7BitEncodedInt();
            long offset = reader.Read7BitEncodedInt64(), length = reader.Read7BitEncodedInt64() - 1;
            int page = reader.Read7BitEncodedInt();
            yield return ImageSource.Of(last, behind == 0 ? last : last[..^behind], offset, length < 0 ? null : length, page == 0 ? null : page);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
