using static TorchSharp.torch;

namespace CnnVis.Engine.Classifiers;

/// <summary>Brings each number of a code to mean 0 and deviation 1 over the codes; numbers that never change stay 0.</summary>
/// <param name="Mean">[D].</param>
/// <param name="Deviation">[D], 1 where a number never changes.</param>
internal sealed record Standardization(float[] Mean, float[] Deviation)
{
    /// <summary>Standardises codes where they are.</summary>
    /// <param name="codes">[N, D].</param>
    public static Standardization Apply(Tensor codes)
    {
        using var scope = NewDisposeScope();
        long count = codes.shape[0];
        Tensor mean = zeros([codes.shape[1]], ScalarType.Float64), square = zeros([codes.shape[1]], ScalarType.Float64); // [D]
        foreach (Tensor block in Blocks(codes)) mean.add_(block.sum([0L], type: ScalarType.Float64));
        mean.div_(count);
        foreach (Tensor block in Blocks(codes)) square.add_((block.to(ScalarType.Float64) - mean).square().sum([0L]));
        Tensor deviation = square.div(count).sqrt();
        // What only rounding moves does not change either.
        deviation = where(deviation > mean.abs() * 1e-6 + 1e-30, deviation, ones_like(deviation));
        Tensor shift = mean.to(ScalarType.Float32), scale = deviation.to(ScalarType.Float32);
        codes.sub_(shift).div_(scale);
        return new Standardization([.. shift.data<float>()], [.. scale.data<float>()]);
    }

    /// <summary>The same classifier over codes as they are: w / σ, and b − Σ w·μ/σ.</summary>
    /// <param name="weight">[K, D], over standardised codes.</param>
    /// <param name="bias">[K].</param>
    public (float[] Weight, float[] Bias) Undo(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        int length = Mean.Length;
        float[] own = new float[weight.Length], shifted = new float[bias.Length];
        for (int k = 0; k < bias.Length; k++)
        {
            double sum = bias[k];
            for (int d = 0; d < length; d++)
            {
                double w = weight[k * length + d] / (double)Deviation[d];
                own[k * length + d] = (float)w;
                sum -= w * Mean[d];
            }
            shifted[k] = (float)sum;
        }
        return (own, shifted);
    }

    private static IEnumerable<Tensor> Blocks(Tensor codes)
    {
        long rows = Math.Max(1, (1 << 22) / codes.shape[1]);
        for (long from = 0; from < codes.shape[0]; from += rows)
        {
            using var scope = NewDisposeScope();
            yield return codes.narrow(0, from, Math.Min(rows, codes.shape[0] - from));
        }
    }
}
