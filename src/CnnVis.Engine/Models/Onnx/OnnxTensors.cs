using System.Runtime.InteropServices;
using Google.Protobuf;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Between ONNX's tensors and libtorch's. Numbers with a fraction become float32, whole numbers int64.</summary>
internal static class OnnxTensors
{
    /// <summary>The most bytes that one parameter may take.</summary>
    private const long ByteLimit = int.MaxValue;

    /// <exception cref="CnnVisException">The type is unknown, or the data do not fill the shape.</exception>
    public static Tensor Read(TensorProto proto)
    {
        if (proto.DataLocation == TensorProto.Types.DataLocation.External)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Parameter '{proto.Name}' lies in another file, which is not supported yet; save the network as one file.", proto.Name);
        long count = Count(proto);
        long[] shape = [.. proto.Dims];
        return (DataType)proto.DataType switch
        {
            DataType.Float => Floats(proto, shape, Values<float>(proto, count, proto.FloatData)),
            DataType.Double => Floats(proto, shape, Array.ConvertAll(Values<double>(proto, count, proto.DoubleData), v => (float)v)),
            DataType.Float16 => Floats(proto, shape, Array.ConvertAll(Narrow(proto, count, v => BitConverter.UInt16BitsToHalf((ushort)v)), v => (float)v)),
            DataType.Bfloat16 => Floats(proto, shape, Narrow(proto, count, v => BitConverter.Int32BitsToSingle(v << 16))),
            DataType.Int64 => Integers(shape, Values<long>(proto, count, proto.Int64Data)),
            DataType.Int32 => Integers(shape, Array.ConvertAll(Values<int>(proto, count, proto.Int32Data), v => (long)v)),
            DataType.Int8 => Integers(shape, Array.ConvertAll(Bytes(proto, count), v => (long)(sbyte)v)),
            DataType.Uint8 or DataType.Bool => Integers(shape, Array.ConvertAll(Bytes(proto, count), v => (long)v)),
            var type => throw new CnnVisException(ErrorIds.ModelUnreadable, $"Parameter '{proto.Name}' is of type {type}, which is not supported.", proto.Name),
        };
    }

    /// <param name="name">Its name in the graph.</param>
    /// <param name="tensor">float32 or int64.</param>
    /// <param name="half">Whether float32 is written as float16.</param>
    public static TensorProto Write(string name, Tensor tensor, bool half)
    {
        var proto = new TensorProto { Name = name };
        proto.Dims.AddRange(tensor.shape);
        using Tensor dense = tensor.cpu().contiguous();
        if (tensor.dtype == ScalarType.Int64)
        {
            proto.DataType = (int)DataType.Int64;
            proto.RawData = Raw(dense.data<long>().ToArray());
        }
        else if (half)
        {
            proto.DataType = (int)DataType.Float16;
            proto.RawData = Raw(Array.ConvertAll(dense.data<float>().ToArray(), v => (Half)v));
        }
        else
        {
            proto.DataType = (int)DataType.Float;
            proto.RawData = Raw(dense.data<float>().ToArray());
        }
        return proto;
    }

    private static long Count(TensorProto proto)
    {
        long count = 1;
        foreach (long extent in proto.Dims)
        {
            if (extent < 0 || extent > 0 && count > ByteLimit / extent)
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"Parameter '{proto.Name}' has the impossible shape [{string.Join(", ", proto.Dims)}].", proto.Name);
            count *= extent;
        }
        return count;
    }

    private static Tensor Floats(TensorProto proto, long[] shape, float[] values)
    {
        if (Array.Exists(values, float.IsNaN)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"Parameter '{proto.Name}' holds values that are not numbers (NaN); the network is damaged or its training diverged.", proto.Name);
        return tensor(values, shape).DetachFromDisposeScope();
    }

    private static Tensor Integers(long[] shape, long[] values) => tensor(values, shape).DetachFromDisposeScope();

    /// <summary>The numbers, from raw bytes or from the typed list.</summary>
    private static T[] Values<T>(TensorProto proto, long count, IReadOnlyCollection<T> typed) where T : unmanaged
    {
        if (proto.RawData.Length == 0 && typed.Count == count) return [.. typed];
        CheckLength(proto, count * Marshal.SizeOf<T>());
        return LittleEndian(MemoryMarshal.Cast<byte, T>(proto.RawData.Span).ToArray());
    }

    /// <summary>16-bit numbers, which typed data keep in 32-bit fields.</summary>
    private static T[] Narrow<T>(TensorProto proto, long count, Func<int, T> convert)
    {
        if (proto.RawData.Length == 0 && proto.Int32Data.Count == count) return [.. proto.Int32Data.Select(v => convert(v & 0xFFFF))];
        CheckLength(proto, count * 2);
        return Array.ConvertAll(LittleEndian(MemoryMarshal.Cast<byte, ushort>(proto.RawData.Span).ToArray()), v => convert(v));
    }

    private static byte[] Bytes(TensorProto proto, long count)
    {
        if (proto.RawData.Length == 0 && proto.Int32Data.Count == count) return [.. proto.Int32Data.Select(v => (byte)v)];
        CheckLength(proto, count);
        return proto.RawData.ToByteArray();
    }

    private static void CheckLength(TensorProto proto, long bytes)
    {
        if (proto.RawData.Length != bytes)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Parameter '{proto.Name}' of shape [{string.Join(", ", proto.Dims)}] needs {bytes} bytes and has {proto.RawData.Length}; the file is damaged.", proto.Name);
    }

    /// <summary>ONNX's raw data are little endian: nothing to do on the machines of today.</summary>
    private static T[] LittleEndian<T>(T[] values) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            int size = Marshal.SizeOf<T>();
            Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
            for (int i = 0; i < bytes.Length; i += size) bytes.Slice(i, size).Reverse();
        }
        return values;
    }

    private static ByteString Raw<T>(T[] values) where T : unmanaged => ByteString.CopyFrom(MemoryMarshal.AsBytes(LittleEndian(values).AsSpan()));
}
