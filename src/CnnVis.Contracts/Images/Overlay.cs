namespace CnnVis;

/// <summary>A heat map over a photo.</summary>
public static class Overlay
{
    /// <summary>
    /// The photo with a map's colours laid over it: (1 − opacity) · photo + opacity · colour, in sRGB. Between its places
    /// the map is interpolated bilinearly, and outside the outermost it goes on level.
    /// </summary>
    /// <param name="photo">The picture below.</param>
    /// <param name="map">[rows, columns], row by row; a NaN takes the low colour, and so does what is interpolated from it.</param>
    /// <param name="grid">Where its places lie, in the photo's pixels.</param>
    /// <param name="colors">Its colours.</param>
    /// <param name="low">Value of the first colour.</param>
    /// <param name="high">Value of the last colour.</param>
    /// <param name="opacity">Share of the map in the mixture, in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="map"/> has another length than the grid.</exception>
    public static PixelImage Blend(PixelImage photo, ReadOnlySpan<float> map, UnitGrid grid, ColorMap colors, double low, double high, double opacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        if (map.Length != grid.Count) throw new ArgumentException($"A {grid.Columns}x{grid.Rows} map needs {grid.Count} values, not {map.Length}.", nameof(map));

        PixelImage cover = colors.Paint(Magnify(map, grid, photo.Width, photo.Height), photo.Width, photo.Height, low, high);
        return Mix(photo, cover, opacity);
    }

    /// <summary>A picture laid over another of its size: (1 − opacity) · photo + opacity · cover, in sRGB.</summary>
    /// <param name="photo">The picture below.</param>
    /// <param name="cover">The picture above.</param>
    /// <param name="opacity">Share of the cover, in [0, 1].</param>
    /// <exception cref="ArgumentException">They differ in size.</exception>
    public static PixelImage Mix(PixelImage photo, PixelImage cover, double opacity)
    {
        if (photo.Width != cover.Width || photo.Height != cover.Height) throw new ArgumentException($"A picture of {cover} pixels does not cover one of {photo}.", nameof(cover));
        byte[] mixed = new byte[photo.Pixels.Length];
        for (int i = 0; i < mixed.Length; i++) mixed[i] = (byte)(photo.Pixels[i] + opacity * (cover.Pixels[i] - photo.Pixels[i]) + 0.5);
        return new PixelImage(photo.Width, photo.Height, mixed);
    }

    /// <summary>A map in a picture's pixels: bilinear between its places, level outside the outermost.</summary>
    /// <param name="map">[rows, columns].</param>
    /// <param name="grid">Where its places lie, in pixels of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Its rows.</param>
    public static float[] Magnify(ReadOnlySpan<float> map, UnitGrid grid, int width, int height)
    {
        (int At, int Next, float Part)[] columns = Places(grid.ColumnAt, grid.Columns, width), rows = Places(grid.RowAt, grid.Rows, height);
        float[] wide = new float[width * height]; // [height, width]
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> upper = map.Slice(rows[y].At * grid.Columns, grid.Columns), lower = map.Slice(rows[y].Next * grid.Columns, grid.Columns);
            for (int x = 0; x < width; x++)
            {
                (int at, int next, float part) = columns[x];
                wide[y * width + x] = float.Lerp(float.Lerp(upper[at], upper[next], part), float.Lerp(lower[at], lower[next], part), rows[y].Part);
            }
        }
        return wide;
    }

    /// <summary>For each pixel's centre, the places on both sides of it and how far it is towards the second.</summary>
    private static (int At, int Next, float Part)[] Places(Func<double, double> placeAt, int places, int pixels)
    {
        var found = new (int, int, float)[pixels];
        for (int i = 0; i < pixels; i++)
        {
            double center = Math.Clamp(placeAt(i + 0.5), 0, places - 1);
            int at = (int)center;
            found[i] = (at, Math.Min(at + 1, places - 1), (float)(center - at));
        }
        return found;
    }
}
