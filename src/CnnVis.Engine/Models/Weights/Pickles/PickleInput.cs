using System.Buffers.Binary;
using System.Text;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>The bytes of pickles in a row. Whatever they say of their own lengths is checked against what is left before memory is taken.</summary>
/// <param name="stream">The bytes.</param>
/// <param name="length">How many there are at most.</param>
internal sealed class PickleInput(Stream stream, long length)
{
    /// <summary>Bytes and values that all pickles of a file may have: far more than any checkpoint, and what bounds the memory that a hostile one can take.</summary>
    public const int ByteLimit = 1 << 26, ValueLimit = 2_000_000;

    /// <summary>More than any number or name written as text needs.</summary>
    private const int LineLimit = 1 << 16;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly long _length = Math.Min(length, ByteLimit);
    private int _values;

    /// <summary>Bytes taken.</summary>
    public long Position { get; private set; }

    public void CountValue()
    {
        if (++_values > ValueLimit) throw WeightErrors.Unreadable($"its pickle has more than {ValueLimit} values. Save the plain state dict only: torch.save(model.state_dict(), path).");
    }

    public byte Byte()
    {
        int value = Position < _length ? stream.ReadByte() : -1;
        if (value < 0) throw CutShort();
        Position++;
        return (byte)value;
    }

    public ushort UInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public int Int32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long Int64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double BigEndianDouble()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadDoubleBigEndian(bytes);
    }

    public byte[] Bytes(long count)
    {
        if (count < 0 || count > _length - Position) throw CutShort();
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public string Utf8(long count)
    {
        try
        {
            return _strict.GetString(Bytes(count));
        }
        catch (DecoderFallbackException)
        {
            throw WeightErrors.Unreadable("a text in its pickle is not UTF-8; the file is damaged.");
        }
    }

    /// <summary>Python 2's strings: bytes that are mostly ASCII.</summary>
    public string Latin1(long count) => Encoding.Latin1.GetString(Bytes(count));

    /// <summary>Up to the next line feed, which is left out.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        for (byte value = Byte(); value != '\n'; value = Byte())
            if (line.Append((char)value).Length > LineLimit) throw WeightErrors.Unreadable("a line of its pickle does not end; the file is damaged.");
        return line.ToString();
    }

    private void Fill(Span<byte> bytes)
    {
        if (bytes.Length > _length - Position) throw CutShort();
        stream.ReadExactly(bytes);
        Position += bytes.Length;
    }

    private CnnVisException CutShort() => _length == ByteLimit
        ? WeightErrors.Unreadable($"its pickle is cut short or longer than {ByteLimit} bytes. Save the plain state dict only: torch.save(model.state_dict(), path).")
        : WeightSource.Truncated();
}
