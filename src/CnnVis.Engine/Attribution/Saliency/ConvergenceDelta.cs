using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>How far maps miss the sums that they should have.</summary>
internal static class ConvergenceDelta
{
    /// <summary>The sum of each map minus what it should be.</summary>
    public static float[] Of(Tensor map, float[] expected)
    {
        using var scope = NewDisposeScope();
        double[] sums = map.to(ScalarType.Float64).flatten(1).sum(1).cpu().data<double>().ToArray();
        return [.. sums.Zip(expected, (sum, e) => (float)(sum - e))];
    }
}
