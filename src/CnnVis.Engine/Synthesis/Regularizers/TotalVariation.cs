using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Regularizers;

/// <summary>
/// Mahendran and Vedaldi 2014, section 3: weight / (H·W·V^β) · Σ ((x(u, v+1) − x(u, v))² + (x(u+1, v) − x(u, v))²)^(β/2) over places and colours; a difference
/// beyond the border is nothing. V is how much neighbours usually differ, so that a photo has about the weight, whatever its size.
/// </summary>
/// <param name="Weight">Weight.</param>
/// <param name="Beta">β; 1 for total variation proper, 2 for the paper's.</param>
/// <param name="Reach">V, with pixels in [0, 1]; the paper's 80 / 6.5 of 255.</param>
public sealed record TotalVariation(double Weight, double Beta = 2, double Reach = 80 / 6.5 / 255) : IRegularizer
{
    /// <inheritdoc/>
    public Tensor Penalty(Tensor pixels)
    {
        long height = pixels.shape[2], width = pixels.shape[3];
        Tensor across = nn.functional.pad(pixels.narrow(3, 1, width - 1) - pixels.narrow(3, 0, width - 1), [0, 1, 0, 0]);
        Tensor down = nn.functional.pad(pixels.narrow(2, 1, height - 1) - pixels.narrow(2, 0, height - 1), [0, 0, 0, 1]);
        Tensor squares = (across.square() + down.square()) / (Reach * Reach); // [N, C, H, W]
        Tensor powers = Beta == 2 ? squares : (squares + 1e-12).pow(Beta / 2);
        return Weight * powers.sum([1L]).mean([1L, 2L]);
    }
}
