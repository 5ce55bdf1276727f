namespace CnnVis.Engine.Attributes;

/// <summary>What boxes say of the objects in pictures.</summary>
public static class BoxMeasures
{
    private const double NeighborReach = 0.1;

    /// <summary>Adds what a picture's boxes say to its attributes.</summary>
    /// <param name="attributes">Of the picture.</param>
    /// <param name="boxes">Its boxes, in pixels of the upright photo; none leaves it as it is.</param>
    public static ImageAttributes Add(ImageAttributes attributes, IReadOnlyList<PixelBox> boxes)
    {
        if (boxes.Count == 0) return attributes;
        double width = attributes.Width, height = attributes.Height;
        PixelBox[] inside = [.. boxes.Select(b => Clipped(b, attributes.Width, attributes.Height))];
        PixelBox largest = inside.MaxBy(Area);
        return attributes with
        {
            Instances = boxes.Count,
            Scale = inside.Average(b => Area(b) / (width * height)),
            ObjectX = (largest.X + largest.Width / 2.0) / width,
            ObjectY = (largest.Y + largest.Height / 2.0) / height,
            ObjectAspect = (double)largest.Width / largest.Height,
            Truncated = largest.X <= 0 || largest.Y <= 0 || largest.X + largest.Width >= width || largest.Y + largest.Height >= height,
            Neighbors = inside.Select((b, i) => (double)inside.Where((o, j) => j != i && Touch(b, o)).Count()).Average(),
        };
    }

    /// <summary>Intersection over union, in [0, 1].</summary>
    public static double Overlap(PixelBox a, PixelBox b) => Overlap((a.X, a.Y, a.Width, a.Height), (b.X, b.Y, b.Width, b.Height));

    /// <summary>How much a box has to overlap for a true one to be found (Russakovsky et al. 2014, equation 5): half, and less for small ones, min(0.5, w h / ((w + 10) (h + 10))), which forgives five pixels on each side.</summary>
    public static double Threshold(PixelBox truth) => Math.Min(0.5, (double)truth.Width * truth.Height / ((truth.Width + 10.0) * (truth.Height + 10.0)));

    /// <summary>Whether any box overlaps any true one by as much as it has to.</summary>
    public static bool IsFound(IReadOnlyList<PixelBox> truth, IReadOnlyList<PixelBox> found) => found.Any(f => truth.Any(t => Overlap(f, t) >= Threshold(t)));

    /// <summary>Chance performance of localisation (section 3.2.2): share of the ordered pairs of boxes of a class, all pictures brought to one size, that overlap by half or more.</summary>
    /// <param name="boxes">Boxes with the sizes of their pictures.</param>
    /// <returns>Null below two boxes.</returns>
    public static double? ChancePerformance(IReadOnlyList<(PixelBox Box, int Width, int Height)> boxes)
    {
        if (boxes.Count < 2) return null;
        (double X, double Y, double Width, double Height)[] scaled = [.. boxes.Select(b => ((double)b.Box.X / b.Width, (double)b.Box.Y / b.Height, (double)b.Box.Width / b.Width, (double)b.Box.Height / b.Height))];
        long pairs = 0;
        for (int i = 0; i < scaled.Length; i++)
            for (int j = i + 1; j < scaled.Length; j++)
                if (Overlap(scaled[i], scaled[j]) >= 0.5) pairs += 2;
        return pairs / ((double)scaled.Length * (scaled.Length - 1));
    }

    private static double Overlap((double X, double Y, double Width, double Height) a, (double X, double Y, double Width, double Height) b)
    {
        double across = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X), down = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        if (across <= 0 || down <= 0) return 0;
        double common = across * down;
        return common / (a.Width * a.Height + b.Width * b.Height - common);
    }

    private static double Area(PixelBox box) => (double)box.Width * box.Height;

    private static bool Touch(PixelBox box, PixelBox other)
    {
        double across = NeighborReach * box.Width, down = NeighborReach * box.Height;
        return box.X - across <= other.X + other.Width && other.X <= box.X + box.Width + across && box.Y - down <= other.Y + other.Height && other.Y <= box.Y + box.Height + down;
    }

    private static PixelBox Clipped(PixelBox box, int width, int height)
    {
        int left = Math.Clamp(box.X, 0, width - 1), top = Math.Clamp(box.Y, 0, height - 1);
        return new PixelBox(left, top, Math.Clamp(box.X + box.Width, left + 1, width) - left, Math.Clamp(box.Y + box.Height, top + 1, height) - top);
    }
}
