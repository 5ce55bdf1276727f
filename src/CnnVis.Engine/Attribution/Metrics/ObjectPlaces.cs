using CnnVis.Engine.Images;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>Where the objects of a photo are, and what of it the network sees.</summary>
/// <param name="Boxes">In pixels of the upright photo.</param>
/// <param name="View">What the network sees.</param>
public sealed record ObjectPlaces(IReadOnlyList<PixelBox> Boxes, PixelView View)
{
    /// <summary>How far a pixel of the input is from the nearest box, in pixels of the photo: from centre to centre, 0 within.</summary>
    public double Distance(int x, int y)
    {
        var (left, top) = View.ToPhoto(x + 0.5, y + 0.5);
        double least = double.PositiveInfinity;
        foreach (PixelBox b in Boxes) least = Math.Min(least, double.Hypot(Beside(left, b.X, b.Width), Beside(top, b.Y, b.Height)));
        return least;
    }

    /// <summary>The same without the boxes of which the network sees nothing.</summary>
    public ObjectPlaces Seen(CnnInput input)
    {
        var (left, top) = View.ToPhoto(0, 0);
        var (right, bottom) = View.ToPhoto(input.Width, input.Height);
        return this with { Boxes = [.. Boxes.Where(b => b.X < right && b.X + b.Width > left && b.Y < bottom && b.Y + b.Height > top)] };
    }

    /// <summary>Whether the centre of a pixel of the input lies in a box.</summary>
    public bool Contains(int x, int y) => Distance(x, y) == 0;

    private static double Beside(double place, int from, int length) =>
        place >= from && place < from + length ? 0 : Math.Max(from + 0.5 - place, place - (from + length - 0.5));
}
