using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Maps of a layer over the whole picture.</summary>
internal static class Upsampled
{
    /// <summary>Interpolates bilinearly between the centres of the places: [N, K, H, W].</summary>
    public static Tensor To(Tensor map, CnnInput input) =>
        nn.functional.interpolate(map, [input.Height, input.Width], mode: InterpolationMode.Bilinear, align_corners: false);
}
