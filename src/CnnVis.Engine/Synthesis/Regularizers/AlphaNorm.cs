using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Regularizers;

/// <summary>
/// Mahendran and Vedaldi 2014, section 3: weight / (H·W·B^α) · Σ ‖x(u, v) − mean‖^α over places, the norm over colours. B is how far a colour usually lies from the mean, so
/// that a photo has about the weight, whatever its size (their 2016 paper, section 3.2). They take α = 6.
/// </summary>
/// <param name="Weight">Weight.</param>
/// <param name="Mean">A number a channel.</param>
/// <param name="Alpha">α, at least 1.</param>
/// <param name="Reach">B, with pixels in [0, 1]; the paper's 80 of 255, for the three colours together.</param>
public sealed record AlphaNorm(double Weight, float[] Mean, double Alpha = 6, double Reach = AlphaNorm.Photo) : IRegularizer
{
    /// <summary>B of photos.</summary>
    public const double Photo = 80 / 255.0;

    /// <inheritdoc/>
    public Tensor Penalty(Tensor pixels)
    {
        Tensor squares = (pixels - tensor(Mean, device: pixels.device).reshape(1, -1, 1, 1)).square().sum([1L]); // [N, H, W]
        return Weight * (squares / (Reach * Reach) + 1e-12).pow(Alpha / 2).mean([1L, 2L]);
    }
}
