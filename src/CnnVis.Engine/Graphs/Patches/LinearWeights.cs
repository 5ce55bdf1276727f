using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>The weights of a fully connected layer that takes maps.</summary>
internal static unsafe class LinearWeights
{
    private const int Block = 16;

    /// <summary>Lays them out by the map's places: [H·W·C, units] from [units, C·H·W] (or its transpose), multiplied by a factor.</summary>
    public static Tensor ByPlace(Tensor matrix, bool transposed, int channels, int places, float factor)
    {
        using var scope = NewDisposeScope();
        int inputs = channels * places, units = (int)(matrix.NumberOfElements / inputs);
        Tensor from = matrix.contiguous(), to = empty(inputs, units);
        float* source = (float*)TensorMemory.Address(from), target = (float*)TensorMemory.Address(to);
        Threads.For((inputs + Block - 1) / Block, false, block =>
        {
            int first = block * Block, end = Math.Min(inputs, first + Block);
            for (int unit = 0; unit < units; unit++)
                for (int i = first; i < end; i++)
                {
                    var (channel, place) = Math.DivRem(i, places);
                    target[((long)place * channels + channel) * units + unit] = source[transposed ? (long)unit * inputs + i : (long)i * units + unit];
                }
        });
        if (factor != 1) to.mul_(factor);
        return to.MoveToOuterDisposeScope();
    }
}
