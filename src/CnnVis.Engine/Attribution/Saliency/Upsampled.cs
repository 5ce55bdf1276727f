using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Maps of a layer over the whole picture.</summary>
internal static class Upsampled
{
    /// <summary>Interpolates bilinearly between the places, and goes on level beyond the outermost: [N, K, rows, columns] to [N, K, H, W].</summary>
    /// <param name="map">The maps.</param>
    /// <param name="grid">Where their places lie, in the picture's pixels.</param>
    /// <param name="input">The picture.</param>
    public static Tensor To(Tensor map, UnitGrid grid, CnnInput input)
    {
        Tensor down = Weights(grid.RowAt, grid.Rows, input.Height, map), across = Weights(grid.ColumnAt, grid.Columns, input.Width, map);
        return down.matmul(map).matmul(across.t());
    }

    /// <summary>What each pixel takes of each place: [pixels, places].</summary>
    private static Tensor Weights(Func<double, double> placeAt, int places, int pixels, Tensor like)
    {
        float[] weights = new float[pixels * places];
        for (int i = 0; i < pixels; i++)
        {
            double at = Math.Clamp(placeAt(i + 0.5), 0, places - 1);
            int before = Math.Min((int)at, Math.Max(0, places - 2));
            weights[i * places + before] = (float)(1 - (at - before));
            if (places > 1) weights[i * places + before + 1] = (float)(at - before);
        }
        return tensor(weights, [pixels, places], like.dtype, like.device);
    }
}
