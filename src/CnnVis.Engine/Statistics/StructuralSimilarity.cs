using CnnVis.Engine.Images;
using static TorchSharp.torch;

namespace CnnVis.Engine.Statistics;

/// <summary>
/// Wang, Bovik, Sheikh and Simoncelli 2004, section 3: the mean over places of (2μν + C₁)(2σ + C₂) / ((μ² + ν² + C₁)(σ₁² + σ₂² + C₂)) in Gaussian windows of 11 × 11
/// with deviation 1.5, where C₁ = 0.01² and C₂ = 0.03² for values in [0, 1]. Only windows that lie within the picture count; smaller pictures have smaller windows.
/// </summary>
internal static class StructuralSimilarity
{
    private const int Side = 11;
    private const double Deviation = 1.5, C1 = 0.01 * 0.01, C2 = 0.03 * 0.03;

    /// <summary>Of pictures with pictures, both [N, H, W] in [0, 1].</summary>
    public static double[] Of(Tensor first, Tensor second)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        Tensor a = first.unsqueeze(1).to(ScalarType.Float64), b = second.unsqueeze(1).to(ScalarType.Float64);
        Tensor rows = GaussianBlur.Weights((int)Math.Min(a.shape[2], Side), Deviation, a.device).reshape(1, 1, -1, 1), columns = GaussianBlur.Weights((int)Math.Min(a.shape[3], Side), Deviation, a.device).reshape(1, 1, 1, -1);
        Tensor meanA = Mean(a), meanB = Mean(b);
        Tensor varianceA = Mean(a * a) - meanA * meanA, varianceB = Mean(b * b) - meanB * meanB, covariance = Mean(a * b) - meanA * meanB;
        Tensor similar = (2 * meanA * meanB + C1) * (2 * covariance + C2) / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
        return similar.mean([1, 2, 3]).cpu().data<double>().ToArray();

        Tensor Mean(Tensor values) => nn.functional.conv2d(nn.functional.conv2d(values, rows), columns);
    }
}
