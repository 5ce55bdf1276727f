namespace CnnVis;

/// <summary>
/// The patch of the input that one output unit can see (Araujo, Norris and Sim, Distill 2019, equations 2 and 4), in input pixels and
/// not clipped to the picture. Where maps grow, strides are fractions, and the patch takes in the pixels that it touches. Unit (row, column) sees the rows from <c>OffsetY + row × StrideY</c>, <c>Height</c> of them; columns likewise.
/// </summary>
/// <param name="Height">Rows seen.</param>
/// <param name="Width">Columns seen.</param>
/// <param name="StrideY">Rows between neighbouring units' patches.</param>
/// <param name="StrideX">Columns between neighbouring units' patches.</param>
/// <param name="OffsetY">First row that the first unit sees; negative inside the padding.</param>
/// <param name="OffsetX">First column that the first unit sees.</param>
public sealed record ReceptiveField(int Height, int Width, double StrideY, double StrideX, double OffsetY, double OffsetX) : IComparable
{
    /// <summary>Side of the patch (its longer one).</summary>
    public int Size => Math.Max(Height, Width);

    /// <summary>The patch of unit (<paramref name="row"/>, <paramref name="column"/>), clipped to a picture of the given size.</summary>
    public PixelBox Box(int row, int column, int imageHeight, int imageWidth)
    {
        double top = OffsetY + row * StrideY, left = OffsetX + column * StrideX;
        int y0 = Math.Clamp((int)Math.Floor(top), 0, imageHeight), x0 = Math.Clamp((int)Math.Floor(left), 0, imageWidth);
        int y1 = Math.Clamp((int)Math.Ceiling(top + Height), 0, imageHeight), x1 = Math.Clamp((int)Math.Ceiling(left + Width), 0, imageWidth);
        return new PixelBox(x0, y0, x1 - x0, y1 - y0);
    }

    /// <summary>By the side, then by stride and offset.</summary>
    int IComparable.CompareTo(object? obj) => obj is ReceptiveField other ? (Size, Height, StrideY, StrideX, OffsetY, OffsetX).CompareTo((other.Size, other.Height, other.StrideY, other.StrideX, other.OffsetY, other.OffsetX)) : 1;

    /// <summary>Size, stride and offset, as in <c>195 / 32 / -65</c>.</summary>
    public override string ToString() => Height == Width && StrideX == StrideY && OffsetX == OffsetY
        ? FormattableString.Invariant($"{Height} / {StrideY} / {OffsetY}")
        : FormattableString.Invariant($"{Height}x{Width} / {StrideY}x{StrideX} / {OffsetY},{OffsetX}");
}
