namespace CnnVis;

/// <summary>How weights become a picture. Zero has one colour everywhere: mid-grey in RGB filters, the middle of a diverging map in the others.</summary>
internal static class FilterSheet
{
    /// <summary>Maps that a row still shows legibly.</summary>
    private const int RowLength = 96;

    /// <summary>Colour of the lines within a mosaic.</summary>
    private static readonly Rgb _line = new(200, 200, 200);

    /// <summary>
    /// RGB filters are coloured boxes; filters that look at a few maps take a row each, with a box for every map; those that look at many
    /// are a mosaic of them each; filters without extent (1×1, or units that look at units) are one box each, a square for every weight.
    /// </summary>
    public static Sheet Draw(string title, IReadOnlyList<CnnFilter> filters, int count, DrawOptions options)
    {
        CnnFilter first = filters[0];
        bool shared = options.Scale == ScaleSharing.Shared;
        double largest = filters.Max(Largest);
        ColorMap map = first.IsRgb ? ColorMap.Gray : options.ColorMap ?? ColorMap.Polar;
        bool maps = !first.IsRgb && first.Height * first.Width > 1 && first.Planes > 1;
        bool rows = maps && first.Planes <= RowLength;
        var cells = filters.SelectMany(f => Cells(f, map, shared ? largest : Largest(f), rows, options.Numbers));
        return new Sheet
        {
            Title = title,
            Subtitle = $"{first.Model}: {(filters.Count < count ? $"{filters.Count} of " : "")}{Count(count, "filter")} of {first.Planes} × {first.Height} × {first.Width}",
            Cells = [.. cells],
            Columns = options.Columns ?? (rows ? first.Planes : null),
            Scale = options.Magnification,
            ColorBar = shared
                ? new ColorBar(map, -largest, largest, first.IsRgb ? "weight of red, green, blue (grey is zero)" : "weight")
                : new ColorBar(map, -1, 1, first.IsRgb ? "weight of red, green, blue over the filter's largest (grey is zero)" : "weight over the filter's largest"),
            Notes = rows ? ["A row a filter; a box for each map that it looks at."] : maps ? ["A mosaic a filter; a tile for each map that it looks at, row by row."] : [],
        };
    }

    private static IEnumerable<SheetCell> Cells(CnnFilter filter, ColorMap map, double range, bool rows, bool numbers)
    {
        string caption = numbers ? $"{filter.Channel}" : "";
        if (range == 0) range = 1; // all zero: every weight gets zero's colour
        if (filter.IsRgb) return [new SheetCell(Rgb(filter, range), caption)];
        int length = filter.Height * filter.Width;
        if (rows) return Enumerable.Range(0, filter.Planes).Select(p => new SheetCell(map.Paint(filter.Weights.AsSpan(p * length, length), filter.Width, filter.Height, -range, range), numbers ? $"{filter.Channel}·{p}" : ""));
        if (length > 1) return [new SheetCell(Mosaic(filter, map, range), caption)];
        // As square as it gets, the rest zero.
        int columns = (int)Math.Ceiling(Math.Sqrt(filter.Planes)), lines = (filter.Planes + columns - 1) / columns;
        float[] square = new float[columns * lines];
        filter.Weights.CopyTo(square, 0);
        return [new SheetCell(map.Paint(square, columns, lines, -range, range), caption)];
    }

    /// <summary>The planes side by side, about square, with lines between them.</summary>
    private static PixelImage Mosaic(CnnFilter filter, ColorMap map, double range)
    {
        int columns = (int)Math.Ceiling(Math.Sqrt(filter.Planes)), lines = (filter.Planes + columns - 1) / columns;
        int pitchX = filter.Width + 1, pitchY = filter.Height + 1, width = columns * pitchX - 1, height = lines * pitchY - 1;
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (_line.R, _line.G, _line.B);
        for (int plane = 0; plane < filter.Planes; plane++)
        {
            int length = filter.Height * filter.Width;
            ReadOnlySpan<byte> tile = map.Paint(filter.Weights.AsSpan(plane * length, length), filter.Width, filter.Height, -range, range).Pixels;
            int corner = (plane / columns * pitchY * width + plane % columns * pitchX) * 3;
            for (int y = 0; y < filter.Height; y++) tile.Slice(y * filter.Width * 3, filter.Width * 3).CopyTo(pixels.AsSpan(corner + y * width * 3));
        }
        return new PixelImage(width, height, pixels);
    }

    private static PixelImage Rgb(CnnFilter filter, double range)
    {
        int length = filter.Height * filter.Width;
        byte[] pixels = new byte[length * 3];
        for (int plane = 0; plane < 3; plane++)
            for (int i = 0; i < length; i++)
                pixels[i * 3 + plane] = (byte)Math.Clamp(127.5 + 127.5 * filter.Weights[plane * length + i] / range + 0.5, 0, 255);
        return new PixelImage(filter.Width, filter.Height, pixels);
    }

    private static double Largest(CnnFilter filter)
    {
        float largest = 0;
        foreach (float weight in filter.Weights) largest = Math.Max(largest, Math.Abs(weight));
        return largest;
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
