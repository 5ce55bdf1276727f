namespace CnnVis.Engine.Codes;

/// <summary>Where tiles lie on a photo: those that fit, from the upper left corner on, row by row. Along a side that is shorter than a tile, there is one as long as the side.</summary>
/// <param name="Width">Columns of a tile.</param>
/// <param name="Height">Rows of a tile.</param>
/// <param name="StrideX">Columns from one to the next.</param>
/// <param name="StrideY">Rows from one to the next.</param>
public sealed record TileGrid(int Width, int Height, int StrideX, int StrideY)
{
    /// <summary>The tiles of a photo of that size.</summary>
    public IEnumerable<PixelBox> Boxes(int photoWidth, int photoHeight)
    {
        int width = Math.Min(Width, photoWidth), height = Math.Min(Height, photoHeight);
        for (long y = 0; y <= photoHeight - height; y += StrideY)
            for (long x = 0; x <= photoWidth - width; x += StrideX) yield return new PixelBox((int)x, (int)y, width, height);
    }
}
