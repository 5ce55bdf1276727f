namespace CnnVis;

/// <summary>A heat map over a photo.</summary>
public static class Overlay
{
    /// <summary>
    /// The photo with a map's colours laid over it: (1 − opacity) · photo + opacity · colour, in sRGB. The map covers the whole photo;
    /// between the centres of its cells it is interpolated bilinearly, and outside the outermost centres it goes on level.
    /// </summary>
    /// <param name="photo">The picture below.</param>
    /// <param name="map">[mapHeight, mapWidth], row by row; a NaN takes the low colour, and so does what is interpolated from it.</param>
    /// <param name="mapWidth">Columns of the map, at least 1.</param>
    /// <param name="mapHeight">Rows of the map, at least 1.</param>
    /// <param name="colors">Its colours.</param>
    /// <param name="low">Value of the first colour.</param>
    /// <param name="high">Value of the last colour.</param>
    /// <param name="opacity">Share of the map in the mixture, in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="map"/> has another length than mapWidth × mapHeight.</exception>
    public static PixelImage Blend(PixelImage photo, ReadOnlySpan<float> map, int mapWidth, int mapHeight, ColorMap colors, double low, double high, double opacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mapWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mapHeight, 1);
        if (map.Length != (long)mapWidth * mapHeight) throw new ArgumentException($"A {mapWidth}x{mapHeight} map needs {(long)mapWidth * mapHeight} values, not {map.Length}.", nameof(map));

        PixelImage cover = colors.Paint(Magnify(map, mapWidth, mapHeight, photo.Width, photo.Height), photo.Width, photo.Height, low, high);
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

    /// <summary>A map at another size: bilinear between the centres of its cells, level outside the outermost.</summary>
    /// <param name="map">[mapHeight, mapWidth].</param>
    /// <param name="mapWidth">Columns of the map.</param>
    /// <param name="mapHeight">Rows of the map.</param>
    /// <param name="width">Columns wanted.</param>
    /// <param name="height">Rows wanted.</param>
    public static float[] Magnify(ReadOnlySpan<float> map, int mapWidth, int mapHeight, int width, int height)
    {
        (int At, int Next, float Part)[] columns = Places(mapWidth, width), rows = Places(mapHeight, height);
        float[] wide = new float[width * height]; // [height, width]
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> upper = map.Slice(rows[y].At * mapWidth, mapWidth), lower = map.Slice(rows[y].Next * mapWidth, mapWidth);
            for (int x = 0; x < width; x++)
            {
                (int at, int next, float part) = columns[x];
                wide[y * width + x] = float.Lerp(float.Lerp(upper[at], upper[next], part), float.Lerp(lower[at], lower[next], part), rows[y].Part);
            }
        }
        return wide;
    }

    /// <summary>For each target pixel's centre, the source cells on both sides of it and how far it is towards the second.</summary>
    private static (int At, int Next, float Part)[] Places(int source, int target)
    {
        var places = new (int, int, float)[target];
        for (int i = 0; i < target; i++)
        {
            double center = Math.Clamp((i + 0.5) * source / target - 0.5, 0, source - 1);
            int at = (int)center;
            places[i] = (at, Math.Min(at + 1, source - 1), (float)(center - at));
        }
        return places;
    }
}
