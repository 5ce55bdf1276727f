using System.Numerics;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>
/// 3×3 convolutions of stride 1 by tiles of m × m outputs, F(m×m, 3×3) of Lavin and Gray (CVPR 2016): Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, (m + 2)² multiplications
/// where the sum takes 9 m². Channels come last in memory and are worked on side by side.
/// </summary>
internal static unsafe class Winograd
{
    /// <summary>Whether channels can be worked on side by side.</summary>
    public static bool Takes(long channels) => channels % Vector<float>.Count == 0;

    /// <summary>G g Gᵀ of each filter: [(m + 2)², C, M] from [M, C, 3, 3].</summary>
    public static Tensor Filters(WinogradTile tile, Tensor weights)
    {
        using var scope = NewDisposeScope();
        Tensor g = tile.FilterTransform(); // [m + 2, 3]
        Tensor both = (g.reshape(-1, 1, 3, 1) * g.reshape(1, -1, 1, 3)).reshape(-1, 9); // [(m + 2)², 9]
        return both.matmul(weights.permute(2, 3, 1, 0).reshape(9, -1)).reshape(-1, weights.shape[1], weights.shape[0]).MoveToOuterDisposeScope();
    }

    /// <summary>Largest error for a few tiles of random inputs as a ReLU leaves them, over the largest output.</summary>
    public static double Error(WinogradTile tile, Tensor filters, Tensor weights)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        using var scratch = new PatchScratch();
        Tensor input = randn([1, tile.Inputs, tile.Outputs * 3 + 2, weights.shape[1]], generator: new Generator(1)).clamp_min(0);
        Tensor sum = nn.functional.conv2d(input.permute(0, 3, 1, 2).to(ScalarType.Float64), weights.to(ScalarType.Float64)).permute(0, 2, 3, 1);
        Tensor difference = Convolve(tile, input, filters, null, tile.Outputs, tile.Outputs * 3, scratch) - sum;
        return difference.abs().max().item<double>() / Math.Max(double.Epsilon, sum.abs().max().item<double>());
    }

    /// <summary>The convolution without padding.</summary>
    /// <param name="tile">Tiles of the output.</param>
    /// <param name="input">[n, m·tiles + 2, m·tiles + 2, C], contiguous.</param>
    /// <param name="filters">Of <see cref="Filters"/>.</param>
    /// <param name="bias">[M], or null.</param>
    /// <param name="height">Rows of the output: at most m a tile.</param>
    /// <param name="width">Columns of the output.</param>
    /// <param name="scratch">Holds what is transformed.</param>
    /// <returns>[n, height, width, M].</returns>
    public static Tensor Convolve(WinogradTile tile, Tensor input, Tensor filters, Tensor? bias, int height, int width, PatchScratch scratch)
    {
        using var scope = NewDisposeScope();
        int count = (int)input.shape[0], rows = ((int)input.shape[1] - 2) / tile.Outputs, columns = ((int)input.shape[2] - 2) / tile.Outputs, channels = (int)input.shape[3], maps = (int)filters.shape[2];
        int tiles = count * rows * columns, matrices = tile.Inputs * tile.Inputs;
        Tensor transformed = scratch.Take("transformed", matrices, tiles, channels), products = scratch.Take("products", matrices, tiles, maps), output = empty(count, height, width, maps);
        float* from = (float*)TensorMemory.Address(input), v = (float*)TensorMemory.Address(transformed);
        long picture = input.stride(0), line = input.stride(1);
        Threads.For(count * rows, false, i => tile.Enter(from + (long)i / rows * picture + (long)(i % rows) * tile.Outputs * line, line, v + (long)i * columns * channels, (long)tiles * channels, columns, channels));
        for (int i = 0; i < matrices; i++) products[i].addmm_(transformed[i], filters[i], beta: 0, alpha: 1);
        float* m = (float*)TensorMemory.Address(products), y = (float*)TensorMemory.Address(output), b = bias is null ? null : (float*)TensorMemory.Address(bias);
        Threads.For(count * rows, false, i =>
        {
            int row = i % rows * tile.Outputs;
            tile.Leave(m + (long)i * columns * maps, (long)tiles * maps, b, y + ((long)i / rows * height + row) * width * maps, Math.Min(tile.Outputs, height - row), width, columns, maps);
        });
        return output.MoveToOuterDisposeScope();
    }
}
