using System.Numerics;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>F(2×2, 3×3): 16 multiplications where the sum takes 36. Its transforms only add and halve, so that it rounds hardly worse than the sum.</summary>
internal sealed unsafe class WinogradTile2 : WinogradTile
{
    public override int Outputs => 2;

    public override Tensor FilterTransform() => tensor(new[] { 1f, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f, -0.5f, 0.5f, 0, 0, 1 }, [4, 3]);

    public override void Enter(float* from, long line, float* to, long matrix, int columns, int channels)
    {
        Vector<float>* t = stackalloc Vector<float>[16];
        for (int column = 0; column < columns; column++, from += 2L * channels, to += channels)
            for (int c = 0; c < channels; c += Vector<float>.Count)
            {
                for (int x = 0; x < 4; x++)
                {
                    float* d = from + (long)x * channels + c;
                    Vector<float> d0 = Vector.Load(d), d1 = Vector.Load(d + line), d2 = Vector.Load(d + 2 * line), d3 = Vector.Load(d + 3 * line);
                    (t[x], t[4 + x], t[8 + x], t[12 + x]) = (d0 - d2, d1 + d2, d2 - d1, d1 - d3);
                }
                float* target = to + c;
                for (int y = 0; y < 4; y++, target += 4 * matrix)
                {
                    Vector<float> t0 = t[4 * y], t1 = t[4 * y + 1], t2 = t[4 * y + 2], t3 = t[4 * y + 3];
                    (t0 - t2).Store(target);
                    (t1 + t2).Store(target + matrix);
                    (t2 - t1).Store(target + 2 * matrix);
                    (t1 - t3).Store(target + 3 * matrix);
                }
            }
    }

    public override void Leave(float* from, long matrix, float* bias, float* to, int lines, int width, int columns, int maps)
    {
        Vector<float>* t = stackalloc Vector<float>[8];
        for (int column = 0; column < columns; column++, from += maps)
            for (int c = 0; c < maps; c += Vector<float>.Count)
            {
                for (int x = 0; x < 4; x++)
                {
                    float* m = from + x * matrix + c;
                    Vector<float> m0 = Vector.Load(m), m1 = Vector.Load(m + 4 * matrix), m2 = Vector.Load(m + 8 * matrix), m3 = Vector.Load(m + 12 * matrix);
                    (t[x], t[4 + x]) = (m0 + m1 + m2, m1 - m2 - m3);
                }
                Vector<float> added = bias is null ? Vector<float>.Zero : Vector.Load(bias + c);
                for (int y = 0; y < lines; y++)
                {
                    float* target = to + ((long)y * width + 2 * column) * maps + c;
                    (t[4 * y] + t[4 * y + 1] + t[4 * y + 2] + added).Store(target);
                    if (2 * column + 1 < width) (t[4 * y + 1] - t[4 * y + 2] - t[4 * y + 3] + added).Store(target + maps);
                }
            }
    }
}
