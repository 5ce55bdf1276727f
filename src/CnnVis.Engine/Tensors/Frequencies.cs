using static TorchSharp.torch;

namespace CnnVis.Engine.Tensors;

/// <summary>How fast each number of a picture's spectrum goes up and down.</summary>
internal static class Frequencies
{
    /// <summary>√(f_y² + f_x²), in cycles a pixel, of what <c>rfft2</c> gives of pictures: [height, width / 2 + 1]. The mean, whose frequency is 0, counts as the slowest wave that the picture holds, 1 / max(height, width).</summary>
    public static Tensor Of(long height, long width, Device device)
    {
        Tensor rows = fft.fftfreq(height, device: device).unsqueeze(1), columns = fft.rfftfreq(width, device: device).unsqueeze(0);
        return (rows.square() + columns.square()).sqrt().clamp_min(1.0 / Math.Max(height, width));
    }
}
