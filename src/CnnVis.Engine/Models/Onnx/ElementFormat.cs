using System.Runtime.InteropServices;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>One of ONNX's number formats, little endian, and how it is widened to what graphs compute with: float32, int64 or bool.</summary>
/// <param name="Size">Bytes of a number in the file.</param>
/// <param name="Type">What it becomes.</param>
/// <param name="Widen">Turns the file's bytes into those of <paramref name="Type"/>; null where they are the same.</param>
internal sealed record ElementFormat(int Size, ScalarType Type, ElementFormat.Widening? Widen = null)
{
    /// <summary>Widens numbers.</summary>
    /// <param name="from">As the file has them.</param>
    /// <param name="to">Room for as many in the wider format.</param>
    public delegate void Widening(ReadOnlySpan<byte> from, Span<byte> to);

    private static readonly Dictionary<DataType, ElementFormat> _formats = new()
    {
        [DataType.Float] = new(4, ScalarType.Float32),
        [DataType.Double] = new(8, ScalarType.Float32, (from, to) => Each<double, float>(from, to, v => (float)v)),
        [DataType.Float16] = new(2, ScalarType.Float32, (from, to) => Each<Half, float>(from, to, v => (float)v)),
        [DataType.Bfloat16] = new(2, ScalarType.Float32, (from, to) => Each<ushort, float>(from, to, v => BitConverter.Int32BitsToSingle(v << 16))),
        [DataType.Int64] = new(8, ScalarType.Int64),
        [DataType.Int32] = new(4, ScalarType.Int64, (from, to) => Each<int, long>(from, to, v => v)),
        [DataType.Int16] = new(2, ScalarType.Int64, (from, to) => Each<short, long>(from, to, v => v)),
        [DataType.Int8] = new(1, ScalarType.Int64, (from, to) => Each<sbyte, long>(from, to, v => v)),
        [DataType.Uint8] = new(1, ScalarType.Int64, (from, to) => Each<byte, long>(from, to, v => v)),
        [DataType.Uint16] = new(2, ScalarType.Int64, (from, to) => Each<ushort, long>(from, to, v => v)),
        [DataType.Uint32] = new(4, ScalarType.Int64, (from, to) => Each<uint, long>(from, to, v => v)),
        [DataType.Uint64] = new(8, ScalarType.Int64, (from, to) => Each<ulong, long>(from, to, v => checked((long)v))),
        [DataType.Bool] = new(1, ScalarType.Bool, (from, to) => Each<byte, byte>(from, to, v => (byte)(v == 0 ? 0 : 1))),
    };

    /// <summary>The format of a type, or null where none is known.</summary>
    public static ElementFormat? Of(DataType type) => _formats.GetValueOrDefault(type);

    /// <summary>Bytes of a number once it is widened.</summary>
    public int WideSize => Type switch { ScalarType.Int64 => 8, ScalarType.Float32 => 4, _ => 1 };

    private static void Each<TFrom, TTo>(ReadOnlySpan<byte> from, Span<byte> to, Func<TFrom, TTo> convert) where TFrom : unmanaged where TTo : unmanaged
    {
        ReadOnlySpan<TFrom> source = MemoryMarshal.Cast<byte, TFrom>(from);
        Span<TTo> target = MemoryMarshal.Cast<byte, TTo>(to);
        for (int i = 0; i < source.Length; i++) target[i] = convert(source[i]);
    }
}
