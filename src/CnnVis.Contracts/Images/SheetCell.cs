namespace CnnVis;

/// <summary>One picture of a sheet.</summary>
/// <param name="Image">The picture, before magnification.</param>
/// <param name="Caption">Small label under it; empty for none.</param>
/// <param name="Boxes">Rectangles drawn over it, in its own pixels.</param>
public sealed record SheetCell(PixelImage Image, string Caption = "", IReadOnlyList<PixelBox>? Boxes = null)
{
    /// <summary>A chart, which is drawn from its shapes; on a sheet of scale 1.</summary>
    public SheetCell(Chart chart, string caption = "") : this(Blank(chart.Width, chart.Height), caption) => Chart = chart;

    /// <summary>What is drawn in the place of the picture, which is white then; null for none.</summary>
    public Chart? Chart { get; }

    /// <summary>A place of the grid that stays empty.</summary>
    public static SheetCell Empty { get; } = new(new PixelImage(1, 1, [0xff, 0xff, 0xff])) { IsEmpty = true };

    /// <summary>Short text on the picture, in its upper left corner; empty for none.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Whether nothing is drawn here.</summary>
    public bool IsEmpty { get; private init; }

    private static PixelImage Blank(int width, int height)
    {
        byte[] white = new byte[checked(width * height * 3)];
        Array.Fill(white, (byte)0xff);
        return new PixelImage(width, height, white);
    }
}
