using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>
/// F(4×4, 3×3): 36 multiplications where the sum takes 144. Its points are 0, ±√½, ±√2 and ∞ instead of Lavin and Gray's 0, ±1, ±2 and ∞: being each other's
/// reciprocals they keep the factors between 0.35 and 2.83 (0.04 and 8), and so the rounding several times smaller.
/// </summary>
internal sealed unsafe class WinogradTile4 : WinogradTile
{
    private const float A = 0.70710678f, B = 1.41421356f;

    public override int Outputs => 4;

    public override Tensor FilterTransform() => tensor(new[]
    {
        1f, 0, 0,
        -2f / 3, -B / 3, -1f / 3,
        -2f / 3, B / 3, -1f / 3,
        1f / 6, B / 6, 1f / 3,
        1f / 6, -B / 6, 1f / 3,
        0, 0, 1,
    }, [6, 3]);

    public override void Enter(float* from, long line, float* to, long matrix, int columns, int channels)
    {
        Vector<float>* t = stackalloc Vector<float>[36], d = stackalloc Vector<float>[6];
        for (int column = 0; column < columns; column++, from += 4L * channels, to += channels)
            for (int c = 0; c < channels; c += Vector<float>.Count)
            {
                for (int x = 0; x < 6; x++)
                {
                    float* source = from + (long)x * channels + c;
                    Enter(Vector.Load(source), Vector.Load(source + line), Vector.Load(source + 2 * line), Vector.Load(source + 3 * line), Vector.Load(source + 4 * line), Vector.Load(source + 5 * line), t + x, 6);
                }
                float* target = to + c;
                for (int y = 0; y < 6; y++)
                {
                    Vector<float>* row = t + 6 * y;
                    Enter(row[0], row[1], row[2], row[3], row[4], row[5], d, 1);
                    for (int x = 0; x < 6; x++, target += matrix) d[x].Store(target);
                }
            }
    }

    public override void Leave(float* from, long matrix, float* bias, float* to, int lines, int width, int columns, int maps)
    {
        Vector<float>* t = stackalloc Vector<float>[24], y = stackalloc Vector<float>[4];
        for (int column = 0; column < columns; column++, from += maps)
        {
            int wide = Math.Min(4, width - 4 * column);
            for (int c = 0; c < maps; c += Vector<float>.Count)
            {
                for (int x = 0; x < 6; x++)
                {
                    float* m = from + x * matrix + c;
                    Leave(Vector.Load(m), Vector.Load(m + 6 * matrix), Vector.Load(m + 12 * matrix), Vector.Load(m + 18 * matrix), Vector.Load(m + 24 * matrix), Vector.Load(m + 30 * matrix), t + x, 6);
                }
                Vector<float> added = bias is null ? Vector<float>.Zero : Vector.Load(bias + c);
                for (int row = 0; row < lines; row++)
                {
                    Vector<float>* m = t + 6 * row;
                    Leave(m[0], m[1], m[2], m[3], m[4], m[5], y, 1);
                    float* target = to + ((long)row * width + 4 * column) * maps + c;
                    for (int x = 0; x < wide; x++, target += maps) (y[x] + added).Store(target);
                }
            }
        }
    }

    /// <summary>Bᵀ d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Enter(Vector<float> d0, Vector<float> d1, Vector<float> d2, Vector<float> d3, Vector<float> d4, Vector<float> d5, Vector<float>* to, int step)
    {
        Vector<float> even = d4 - 2 * d2, odd = A * d3 - B * d1, even2 = d4 - 0.5f * d2, odd2 = B * d3 - A * d1;
        to[0] = d0 - 2.5f * d2 + d4;
        to[step] = even + odd;
        to[2 * step] = even - odd;
        to[3 * step] = even2 + odd2;
        to[4 * step] = even2 - odd2;
        to[5 * step] = d1 - 2.5f * d3 + d5;
    }

    /// <summary>Aᵀ m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Leave(Vector<float> m0, Vector<float> m1, Vector<float> m2, Vector<float> m3, Vector<float> m4, Vector<float> m5, Vector<float>* to, int step)
    {
        Vector<float> even = m1 + m2, odd = m1 - m2, even2 = m3 + m4, odd2 = m3 - m4;
        to[0] = m0 + even + even2;
        to[step] = A * odd + B * odd2;
        to[2 * step] = 0.5f * even + 2 * even2;
        to[3 * step] = A / 2 * odd + 2 * B * odd2 + m5;
    }
}
