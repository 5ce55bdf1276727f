namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>From scores at positions to a number for each pixel.</summary>
internal static class AttributionMap
{
    /// <summary>The mean of f(x) − f(occluded) over the windows that cover a pixel: [H, W].</summary>
    public static float[] Of(OccluderGrid grid, float score, float[] scores)
    {
        int height = grid.Rows.Extent, width = grid.Columns.Extent;
        double[] sums = new double[height * width];
        int[] counts = new int[height * width];
        for (int position = 0; position < grid.Count; position++)
        {
            PixelBox box = grid[position];
            double drop = (double)score - scores[position];
            for (int y = box.Y; y < box.Y + box.Height; y++)
                for (int x = box.X; x < box.X + box.Width; x++)
                {
                    sums[y * width + x] += drop;
                    counts[y * width + x]++;
                }
        }
        return [.. sums.Select((sum, i) => (float)(sum / counts[i]))];
    }
}
