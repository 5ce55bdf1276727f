namespace CnnVis;

/// <summary>A rectangle in pixels: left and top edges, columns and rows.</summary>
public readonly record struct PixelBox(int X, int Y, int Width, int Height) : IComparable
{
    /// <summary>By the area, then by the place, row by row.</summary>
    int IComparable.CompareTo(object? obj) => obj is PixelBox other ? ((long)Width * Height, Y, X, Width).CompareTo(((long)other.Width * other.Height, other.Y, other.X, other.Width)) : 1;

    /// <summary>Left, top, columns and rows, as in <c>12, 30, 64 x 48</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{X}, {Y}, {Width} x {Height}");
}
