using System.Numerics;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>
/// 3×3 convolutions of stride 1 by tiles of 2×2 outputs, F(2×2, 3×3) of Lavin and Gray (CVPR 2016): Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, 16 multiplications where
/// the sum takes 36. Its transforms only add and halve, so that it rounds hardly worse than the sum. Channels come last in memory and are worked on side by side.
/// </summary>
internal static unsafe class Winograd
{
    /// <summary>Outputs that a tile has on each side.</summary>
    public const int Tile = 2;

    /// <summary>Multiplications of a tile over those of the sum.</summary>
    public const double Share = 16.0 / 36;

    /// <summary>Whether channels can be worked on side by side.</summary>
    public static bool Takes(long channels) => channels % Vector<float>.Count == 0;

    /// <summary>G g Gᵀ of each filter: [16, C, M] from [M, C, 3, 3].</summary>
    public static Tensor Filters(Tensor weights)
    {
        using var scope = NewDisposeScope();
        Tensor g = tensor(new[] { 1f, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f, -0.5f, 0.5f, 0, 0, 1 }, [4, 3]);
        return g.matmul(weights).matmul(g.t()).permute(2, 3, 1, 0).reshape(16, weights.shape[1], weights.shape[0]).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>The convolution without padding.</summary>
    /// <param name="input">[n, 2·tiles + 2, 2·tiles + 2, C], contiguous.</param>
    /// <param name="filters">Of <see cref="Filters"/>.</param>
    /// <param name="bias">[M], or null.</param>
    /// <param name="height">Rows of the output: at most two a tile.</param>
    /// <param name="width">Columns of the output.</param>
    /// <returns>[n, height, width, M].</returns>
    public static Tensor Convolve(Tensor input, Tensor filters, Tensor? bias, int height, int width)
    {
        using var scope = NewDisposeScope();
        int count = (int)input.shape[0], rows = (int)input.shape[1] / 2 - 1, columns = (int)input.shape[2] / 2 - 1, channels = (int)input.shape[3], maps = (int)filters.shape[2];
        int tiles = count * rows * columns;
        Tensor transformed = empty(16, tiles, channels), output = empty(count, height, width, maps);
        float* from = (float*)TensorMemory.Address(input), v = (float*)TensorMemory.Address(transformed);
        Threads.For(count * rows, false, i => Enter(from + (long)i / rows * input.stride(0) + i % rows * 2L * input.stride(1), input.stride(1), v + (long)i * columns * channels, (long)tiles * channels, columns, channels));
        Tensor products = transformed.bmm(filters); // [16, tiles, M]
        float* m = (float*)TensorMemory.Address(products), y = (float*)TensorMemory.Address(output), b = bias is null ? null : (float*)TensorMemory.Address(bias);
        Threads.For(count * rows, false, i =>
        {
            int row = i % rows * 2;
            Leave(m + (long)i * columns * maps, (long)tiles * maps, b, y + ((long)i / rows * height + row) * width * maps, Math.Min(2, height - row), width, columns, maps);
        });
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Bᵀ d B of a row of tiles, each value to its own matrix.</summary>
    private static void Enter(float* from, long line, float* to, long matrix, int columns, int channels)
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

    /// <summary>Aᵀ m A of a row of tiles, and the bias.</summary>
    private static void Leave(float* from, long matrix, float* bias, float* to, int lines, int width, int columns, int maps)
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
