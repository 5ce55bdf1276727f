using System.Buffers.Binary;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Protobuf's wire format, field by field, over a file. No length is believed before it was compared with what is left.</summary>
internal sealed class WireReader(Stream stream)
{
    private readonly byte[] _number = new byte[8];

    /// <summary>Place of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>Number and kind of the next field.</summary>
    public uint Tag(long end)
    {
        ulong tag = Varint(end);
        return tag is >= 8 and <= uint.MaxValue ? (uint)tag : throw Damaged("a field has no number");
    }

    /// <summary>Length of the field that begins, which the message has room for.</summary>
    public long Length(long end)
    {
        ulong length = Varint(end);
        return length <= (ulong)(end - Position) ? (long)length : throw Damaged("a field is longer than what is left");
    }

    /// <summary>A whole number of one to ten bytes.</summary>
    public ulong Varint(long end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (Position >= end) throw Damaged("it ends within a number");
            int next = stream.ReadByte();
            if (next < 0) throw Damaged("it ends within a number");
            Position++;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw Damaged("a number has no end");
    }

    /// <summary>Four bytes.</summary>
    public uint Fixed32(long end) => BinaryPrimitives.ReadUInt32LittleEndian(Number(4, end));

    /// <summary>Eight bytes.</summary>
    public ulong Fixed64(long end) => BinaryPrimitives.ReadUInt64LittleEndian(Number(8, end));

    /// <summary>So many bytes, which are there.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Read(bytes);
        return bytes;
    }

    /// <summary>Goes to a place further on.</summary>
    public void Skip(long to)
    {
        stream.Seek(to, SeekOrigin.Begin);
        Position = to;
    }

    /// <summary>The error of a file that is no ONNX file, or was one.</summary>
    public static CnnVisException Damaged(string what, Exception? inner = null) => new(ErrorIds.ModelUnreadable, $"it is no ONNX file, or is damaged: {what}.", null, inner);

    private Span<byte> Number(int size, long end)
    {
        if (size > end - Position) throw Damaged("it ends within a number");
        Read(_number.AsSpan(0, size));
        return _number.AsSpan(0, size);
    }

    private void Read(Span<byte> target)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length) throw Damaged("it has become shorter");
        Position += target.Length;
    }
}
