namespace CnnVis;

/// <summary>A picture put together of other pictures' pieces, and how near it is to the original.</summary>
/// <param name="Image">The picture, the part of the network's input that the pieces cover.</param>
/// <param name="Psnr">Peak signal-to-noise ratio to the original in dB: −10 log₁₀ of the mean squared error of values in [0, 1].</param>
/// <param name="Ssim">Structural similarity (Wang et al. 2004), mean over the channels.</param>
/// <param name="CenterPsnr">Mean over the pieces of each piece's own peak signal-to-noise ratio, at most 100 dB each.</param>
/// <param name="CenterSsim">Mean over the pieces of each piece's own structural similarity.</param>
public sealed record NeighborPicture(PixelImage Image, double Psnr, double Ssim, double CenterPsnr, double CenterSsim)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Image}, PSNR {Psnr:F1}, SSIM {Ssim:F2}");
}
