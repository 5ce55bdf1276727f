using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CnnVis.Engine.Embedding.Fourier;

/// <summary>Rows of eight to columns.</summary>
internal static unsafe class Transposition
{
    private const int Side = 8;

    /// <summary>Transposes a block of 8 × 8.</summary>
    /// <param name="from">Its first number.</param>
    /// <param name="fromStride">Numbers from row to row.</param>
    /// <param name="to">Where the transposed block begins.</param>
    /// <param name="toStride">Numbers from row to row there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(float* from, nint fromStride, float* to, nint toStride)
    {
        if (Avx.IsSupported)
        {
            Shuffled(from, fromStride, to, toStride);
            return;
        }
        for (int r = 0; r < Side; r++)
            for (int c = 0; c < Side; c++) to[c * toStride + r] = from[r * fromStride + c];
    }

    private static void Shuffled(float* from, nint fromStride, float* to, nint toStride)
    {
        Half(from, fromStride, to, toStride);
        Half(from + Side / 2, fromStride, to + toStride * (Side / 2), toStride);
    }

    /// <summary>Four columns of eight rows: pairs of rows stand in the two halves of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(float* from, nint stride, float* to, nint toStride)
    {
        Vector256<float> r0 = Rows(from, 0, stride), r1 = Rows(from, 1, stride), r2 = Rows(from, 2, stride), r3 = Rows(from, 3, stride);
        Vector256<float> a = Avx.UnpackLow(r0, r1), b = Avx.UnpackLow(r2, r3), c = Avx.UnpackHigh(r0, r1), d = Avx.UnpackHigh(r2, r3);
        Avx.Shuffle(a, b, 0x44).Store(to);
        Avx.Shuffle(a, b, 0xEE).Store(to + toStride);
        Avx.Shuffle(c, d, 0x44).Store(to + 2 * toStride);
        Avx.Shuffle(c, d, 0xEE).Store(to + 3 * toStride);
    }

    /// <summary>Four numbers of a row and four of the one four rows below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rows(float* from, int row, nint stride) => Vector256.Create(Vector128.Load(from + row * stride), Vector128.Load(from + (row + 4) * stride));
}
