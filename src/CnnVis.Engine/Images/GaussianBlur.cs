using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Images;

/// <summary>Gaussian blur of pictures, rows then columns, out to four deviations; a picture goes on level beyond its borders. Sums are float64.</summary>
internal static class GaussianBlur
{
    /// <param name="picture">[C, H, W].</param>
    /// <param name="input">Its shape.</param>
    /// <param name="deviation">In pixels, above 0.</param>
    public static float[] Of(float[] picture, CnnInput input, double deviation)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return Of(tensor(picture, [1, input.Channels, input.Height, input.Width]), deviation).ToFloats();
    }

    /// <param name="pictures">[N, C, H, W].</param>
    /// <param name="deviation">In pixels, above 0.</param>
    public static Tensor Of(Tensor pictures, double deviation)
    {
        int radius = Math.Max(1, (int)Math.Ceiling(4 * deviation));
        Tensor weights = Weights(2 * radius + 1, deviation, pictures.device), planes = pictures.reshape(-1, 1, pictures.shape[2], pictures.shape[3]);
        planes = Along(planes, [radius, radius, 0, 0], weights.reshape(1, 1, 1, -1));
        return Along(planes, [0, 0, radius, radius], weights.reshape(1, 1, -1, 1)).reshape(pictures.shape);

        static Tensor Along(Tensor planes, long[] border, Tensor weights) =>
            nn.functional.conv2d(nn.functional.pad(planes.to(ScalarType.Float64), border, TorchSharp.PaddingModes.Replicate), weights).to(planes.dtype);
    }

    /// <summary>A Gaussian at whole distances from the middle of a window, its sum 1: [length], float64.</summary>
    public static Tensor Weights(int length, double deviation, Device device)
    {
        Tensor weights = ((arange(length, ScalarType.Float64, device) - (length - 1) / 2.0) / deviation).square().mul(-0.5).exp();
        return weights / weights.sum();
    }
}
