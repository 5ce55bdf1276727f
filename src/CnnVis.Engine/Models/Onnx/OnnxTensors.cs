using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Makes tensors of ONNX's. Numbers with a fraction become float32, whole numbers int64, truth values bool.</summary>
internal static class OnnxTensors
{
    /// <summary>The most bytes that one parameter may take.</summary>
    private const long ByteLimit = int.MaxValue;

    /// <summary>Numbers that are widened at a time.</summary>
    private const int Chunk = 1 << 16;

    /// <summary>Makes a tensor of it. Sizes are checked first; bytes that lie in a file are read straight into the tensor where their format is the same.</summary>
    /// <exception cref="CnnVisException">The type is unknown, or the data do not fill the shape.</exception>
    public static Tensor Read(TensorProto proto)
    {
        if (proto.Loaded is { } loaded)
        {
            proto.Loaded = null;
            return loaded;
        }
        var type = (DataType)proto.DataType;
        ElementFormat format = ElementFormat.Of(type) ?? throw Unreadable(proto, $"is of type {type}, which is not supported");
        if (proto.DataLocation == TensorProto.Types.DataLocation.External && proto.Stored is null)
            throw Unreadable(proto, "lies in another file, and the network was not read from one");
        int count = Count(proto, format);
        byte[] inside = proto.Stored is null ? Inside(proto, type, count, format.Size) : [];
        long length = proto.Stored?.Length ?? inside.LongLength;
        if (length != format.Bytes(count))
            throw Unreadable(proto, $"of shape [{string.Join(", ", proto.Dims)}] needs {format.Bytes(count)} bytes and has {length}; the file is damaged");

        Tensor tensor = empty([.. proto.Dims], format.Type).DetachFromDisposeScope();
        try
        {
            if (count > 0) Fill(proto, format, inside, tensor.bytes);
            return tensor;
        }
        catch (Exception e)
        {
            tensor.Dispose();
            throw e is OverflowException ? Unreadable(proto, "holds a whole number above 2^63, which is not supported") : e;
        }
    }

    private static int Count(TensorProto proto, ElementFormat format)
    {
        if (proto.Dims.Any(extent => extent < 0)) throw Impossible();
        if (proto.Dims.Contains(0)) return 0;
        long count = 1, most = ByteLimit / Math.Max(format.Size, format.WideSize);
        foreach (long extent in proto.Dims)
        {
            if (count > most / extent) throw Impossible();
            count *= extent;
        }
        return (int)count;

        CnnVisException Impossible() => Unreadable(proto, $"has the impossible shape [{string.Join(", ", proto.Dims)}]; one of more than 2 GB cannot be read either");
    }

    /// <summary>The bytes that the message holds: raw, or as a list of numbers.</summary>
    private static byte[] Inside(TensorProto proto, DataType type, int count, int size)
    {
        if (proto.RawData.Length > 0 || count == 0) return proto.RawData.ToByteArray();
        switch (type)
        {
            case DataType.Float: return Bytes(proto.FloatData);
            case DataType.Double: return Bytes(proto.DoubleData);
            case DataType.Int64: return Bytes(proto.Int64Data);
            case DataType.Uint64: return Bytes(proto.Uint64Data);
            case DataType.Uint32: return Bytes([.. proto.Uint64Data.Select(v => (uint)v)]);
            case DataType.Int32: return Bytes(proto.Int32Data);
        }
        // Smaller numbers lie in the low bytes of 32-bit fields.
        byte[] bytes = new byte[proto.Int32Data.Count * size];
        for (int i = 0; i < proto.Int32Data.Count; i++)
            for (int b = 0; b < size; b++) bytes[i * size + b] = (byte)(proto.Int32Data[i] >> (8 * b));
        return bytes;

        static byte[] Bytes<T>(IReadOnlyCollection<T> list) where T : unmanaged => MemoryMarshal.AsBytes(list.ToArray().AsSpan()).ToArray();
    }

    /// <summary>Gives each half of the bytes at the beginning a byte of its own, from the last on.</summary>
    private static void Unpack(Span<byte> numbers)
    {
        for (int i = numbers.Length - 1; i >= 0; i--) numbers[i] = (byte)(i % 2 == 0 ? numbers[i / 2] & 15 : numbers[i / 2] >> 4);
    }

    private static void Fill(TensorProto proto, ElementFormat format, ReadOnlySpan<byte> inside, Span<byte> target)
    {
        using SafeFileHandle? file = proto.Stored?.Open();
        if (format.Widen is not { } widen)
        {
            if (file is null) inside.CopyTo(target);
            else proto.Stored!.Fill(file, 0, target);
            return;
        }
        int count = target.Length / format.WideSize;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(count, Chunk) * format.Size);
        try
        {
            for (int start = 0; start < count; start += Chunk)
            {
                int numbers = Math.Min(Chunk, count - start);
                Span<byte> part = buffer.AsSpan(0, numbers * format.Size);
                Span<byte> stored = part[..(int)format.Bytes(numbers)];
                if (file is null) inside.Slice((int)format.Bytes(start), stored.Length).CopyTo(stored);
                else proto.Stored!.Fill(file, format.Bytes(start), stored);
                if (format.IsPacked) Unpack(part);
                widen(part, target.Slice(start * format.WideSize, numbers * format.WideSize));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static CnnVisException Unreadable(TensorProto proto, string what) => new(ErrorIds.ModelUnreadable, $"Parameter '{proto.Name}' {what}.", proto.Name);
}
