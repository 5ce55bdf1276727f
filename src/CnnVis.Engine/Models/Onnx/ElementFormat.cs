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
        [DataType.Uint4] = new(1, ScalarType.Int64, (from, to) => Each<byte, long>(from, to, v => v)) { IsPacked = true },
        [DataType.Int4] = new(1, ScalarType.Int64, (from, to) => Each<byte, long>(from, to, v => v < 8 ? v : v - 16)) { IsPacked = true },
        [DataType.Float8E4M3Fn] = Small(4, 3, 7, code => (code & 0x7F) == 0x7F),
        [DataType.Float8E4M3Fnuz] = Small(4, 3, 8, code => code == 0x80),
        [DataType.Float8E5M2] = new(1, ScalarType.Float32, (from, to) => Each<byte, float>(from, to, v => (float)BitConverter.UInt16BitsToHalf((ushort)(v << 8)))), // the upper half of a float16
        [DataType.Float8E5M2Fnuz] = Small(5, 2, 16, code => code == 0x80),
        [DataType.Float8E8M0] = new(1, ScalarType.Float32, (from, to) => Each<byte, float>(from, to, v => v == 255 ? float.NaN : MathF.ScaleB(1, v - 127))),
        [DataType.Float4E2M1] = Small(2, 1, 1, _ => false) with { IsPacked = true },
        [DataType.Bool] = new(1, ScalarType.Bool, (from, to) => Each<byte, byte>(from, to, v => (byte)(v == 0 ? 0 : 1))),
    };

    /// <summary>The format of a type, or null where none is known.</summary>
    public static ElementFormat? Of(DataType type) => _formats.GetValueOrDefault(type);

    /// <summary>Whether a byte of the file holds two numbers, the first in its lower half; <see cref="Widen"/> is given one a byte.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Bytes that so many numbers have in a file.</summary>
    public long Bytes(long count) => IsPacked ? (count + 1) / 2 : count * Size;

    /// <summary>Bytes of a number once it is widened.</summary>
    public int WideSize => Type switch { ScalarType.Int64 => 8, ScalarType.Float32 => 4, _ => 1 };

    private static void Each<TFrom, TTo>(ReadOnlySpan<byte> from, Span<byte> to, Func<TFrom, TTo> convert) where TFrom : unmanaged where TTo : unmanaged
    {
        ReadOnlySpan<TFrom> source = MemoryMarshal.Cast<byte, TFrom>(from);
        Span<TTo> target = MemoryMarshal.Cast<byte, TTo>(to);
        for (int i = 0; i < source.Length; i++) target[i] = convert(source[i]);
    }

    /// <summary>Floats of a few bits, their sign before the exponent.</summary>
    /// <param name="exponent">Bits of the exponent.</param>
    /// <param name="mantissa">Bits behind the point.</param>
    /// <param name="bias">What is taken off the exponent.</param>
    /// <param name="isNaN">Which codes stand for no number.</param>
    private static ElementFormat Small(int exponent, int mantissa, int bias, Predicate<int> isNaN)
    {
        float[] values = [.. Enumerable.Range(0, 256).Select(Value)];
        return new(1, ScalarType.Float32, (from, to) => Each<byte, float>(from, to, v => values[v]));

        float Value(int code)
        {
            if (isNaN(code)) return float.NaN;
            int power = code >> mantissa & (1 << exponent) - 1, fraction = code & (1 << mantissa) - 1;
            float size = power == 0 ? MathF.ScaleB(fraction, 1 - bias - mantissa) : MathF.ScaleB(fraction + (1 << mantissa), power - bias - mantissa);
            return (code >> exponent + mantissa & 1) == 0 ? size : -size;
        }
    }
}
