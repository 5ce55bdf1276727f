using CnnVis.Engine.Correspondence.Warps;

namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>What features are compared with: pixels, and chance.</summary>
public static class PixelFeatures
{
    /// <summary>Most samples a side.</summary>
    private const int Samples = 8;

    /// <summary>Features of a picture's units.</summary>
    private const int RandomDimension = 16;

    /// <summary>The pixels of a square of two strides round each unit's centre, at most 8 × 8 of them, each less the square's mean colour; mirrored where the square goes beyond the picture.</summary>
    /// <param name="picture">[channels, height, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="grid">Where the units look.</param>
    /// <param name="metric">How they will be compared.</param>
    public static FeatureGrid Raw(ReadOnlySpan<float> picture, int width, int height, UnitGrid grid, CorrespondenceMetric metric)
    {
        int plane = width * height, channels = picture.Length / plane, columns = Count(grid.StrideX), rows = Count(grid.StrideY), cells = rows * columns;
        float[] values = new float[grid.Count * channels * cells];
        for (int unit = 0, at = 0; unit < grid.Count; unit++)
        {
            double left = grid.X(unit % grid.Columns) - grid.StrideX, top = grid.Y(unit / grid.Columns) - grid.StrideY;
            for (int c = 0; c < channels; c++, at += cells)
            {
                Span<float> square = values.AsSpan(at, cells);
                for (int y = 0; y < rows; y++)
                    for (int x = 0; x < columns; x++) square[y * columns + x] = Sample(picture.Slice(c * plane, plane), width, height, left + (x + 0.5) * 2 * grid.StrideX / columns, top + (y + 0.5) * 2 * grid.StrideY / rows);
                float mean = 0;
                foreach (float value in square) mean += value / cells;
                foreach (ref float value in square) value -= mean;
            }
        }
        return new FeatureGrid(grid, values, metric);

        static int Count(double stride) => Math.Clamp((int)Math.Round(2 * stride), 3, Samples);
    }

    /// <summary>Normal numbers that have nothing to do with any picture.</summary>
    public static FeatureGrid Random(UnitGrid grid, CorrespondenceMetric metric, Random random)
    {
        float[] values = new float[grid.Count * RandomDimension];
        for (int i = 0; i < values.Length; i++) values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return new FeatureGrid(grid, values, metric);
    }

    private static float Sample(ReadOnlySpan<float> plane, int width, int height, double x, double y)
    {
        var (left, right, partX) = Warp.Between(x, width);
        var (top, bottom, partY) = Warp.Between(y, height);
        return float.Lerp(float.Lerp(plane[top * width + left], plane[top * width + right], partX), float.Lerp(plane[bottom * width + left], plane[bottom * width + right], partX), partY);
    }
}
