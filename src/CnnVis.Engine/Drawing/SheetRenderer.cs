using CnnVis.Engine.Drawing.Charts;

namespace CnnVis.Engine.Drawing;

/// <summary>Makes the picture of a sheet: dark text on a white page, pixels that mean something as crisp blocks.</summary>
public static class SheetRenderer
{
    /// <summary>Longest side of a picture, in pixels.</summary>
    public const int MaximumSide = 16384;

    private const int BoxLine = 2, MarkPadding = 2;

    private static readonly Rgb _frameColor = new(0xc8, 0xc8, 0xc8), _ruleColor = new(0x80, 0x80, 0x80);

    /// <summary>The picture of whatever can be seen.</summary>
    /// <param name="visual">What to draw.</param>
    /// <param name="options">The choices of the person who looks.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is nothing to draw, or the picture would exceed <see cref="MaximumSide"/>.</exception>
    public static PixelImage Render(IVisual visual, DrawOptions options) => Render(visual.Draw(options));

    /// <summary>The picture of a sheet. One cell without title, captions, scale and notes is the picture itself, magnified, without a frame.</summary>
    /// <param name="sheet">What to draw.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is nothing to draw, or the picture would exceed <see cref="MaximumSide"/>.</exception>
    public static PixelImage Render(Sheet sheet)
    {
        using var lettering = new Lettering();
        SheetLayout layout = SheetLayout.Of(sheet, lettering.Width);
        var canvas = new Canvas(layout.Width, layout.Height);
        foreach (PlacedCell cell in layout.Cells) Draw(canvas, cell, layout, lettering);
        foreach (PlacedBar bar in layout.ColorBars) Draw(canvas, bar);
        foreach (PlacedSwatch swatch in layout.Swatches)
        {
            canvas.Fill(swatch.Box, swatch.Color);
            canvas.Outline(swatch.Box, 1, _ruleColor);
        }
        foreach (PlacedText text in Texts(layout)) lettering.Write(canvas, text);
        foreach (PlacedCell cell in layout.Cells.Where(c => c.Cell.Mark.Length > 0)) WriteMark(canvas, cell, lettering);
        return canvas.ToImage();
    }

    /// <summary>The one picture of a sheet that is nothing but this picture and its caption, magnified as the sheet says, so that it can stand in a row with others; null where a sheet is more.</summary>
    /// <param name="sheet">The sheet.</param>
    public static SheetCell? Alone(Sheet sheet) =>
        sheet is { Title: "", Subtitle: "", ColorBar: null, Scale: { } scale, Cells: [{ Chart: null, Boxes: null, IsEmpty: false } cell] } && sheet.FurtherColorBars.Count + sheet.Legend.Count + sheet.Notes.Count + sheet.RowLabels.Count == 0
            ? new SheetCell(cell.Image.Magnify(scale), cell.Caption) { Mark = cell.Mark }
            : null;

    private static IEnumerable<PlacedText> Texts(SheetLayout layout) =>
        [.. layout.Texts, .. layout.Cells.Select(c => c.Caption).OfType<PlacedText>(), .. layout.ColorBars.SelectMany(b => b.Labels)];

    private static void Draw(Canvas canvas, PlacedCell placed, SheetLayout layout, Lettering lettering)
    {
        if (placed.Cell.IsEmpty) return;
        if (placed.Cell.Chart is { } chart)
        {
            using var surface = new PixelSurface(placed.Box.Width, placed.Box.Height, lettering);
            ChartPainter.Draw(chart, 0, 0, surface, lettering.Width);
            canvas.Draw(surface.ToImage(), placed.Box.X, placed.Box.Y);
            return;
        }
        canvas.Outline(Grown(placed.Box, layout.Frame), layout.Frame, _frameColor);
        canvas.Draw(placed.Cell.Image, placed.Box.X, placed.Box.Y, layout.Scale);
        foreach (PixelBox box in placed.Cell.Boxes ?? [])
        {
            var shown = new PixelBox(placed.Box.X + box.X * layout.Scale, placed.Box.Y + box.Y * layout.Scale, box.Width * layout.Scale, box.Height * layout.Scale);
            Mark(canvas, Common(Grown(shown, 2 * BoxLine), placed.Box));
        }
    }

    /// <summary>White letters on a black plate, so that they are read on any picture.</summary>
    private static void WriteMark(Canvas canvas, PlacedCell placed, Lettering lettering)
    {
        string text = TextFitting.Elide(placed.Cell.Mark, TextStyle.Mark, placed.Box.Width - 2 * MarkPadding, lettering.Width);
        var plate = new PixelBox(placed.Box.X, placed.Box.Y, (int)Math.Ceiling(lettering.Width(text, TextStyle.Mark)) + 2 * MarkPadding, TextStyle.Mark.LineHeight);
        if (plate.Width > placed.Box.Width || plate.Height > placed.Box.Height) return;
        canvas.Fill(plate, Rgb.Black);
        lettering.Write(canvas, new PlacedText(text, TextStyle.Mark, plate with { X = plate.X + MarkPadding, Width = plate.Width - 2 * MarkPadding }));
    }

    /// <summary>A white line within a black one, so that it is seen on any picture; around the box, or along the picture's edge where the box reaches it.</summary>
    private static void Mark(Canvas canvas, PixelBox box)
    {
        if (box.Width <= 0 || box.Height <= 0) return;
        canvas.Outline(box, BoxLine, Rgb.Black);
        PixelBox inner = Grown(box, -BoxLine);
        if (inner.Width > 0 && inner.Height > 0) canvas.Outline(inner, BoxLine, Rgb.White);
    }

    private static void Draw(Canvas canvas, PlacedBar bar)
    {
        canvas.Outline(Grown(bar.Box, 1), 1, _ruleColor);
        for (int x = 0; x < bar.Box.Width; x++) canvas.Fill(bar.Box with { X = bar.Box.X + x, Width = 1 }, bar.Map[x / (bar.Box.Width - 1.0)]);
        foreach (int tick in bar.Ticks) canvas.Fill(new PixelBox(tick, bar.Box.Y + bar.Box.Height + 1, 1, SheetLayout.TickLength), _ruleColor);
    }

    private static PixelBox Grown(PixelBox box, int by) => new(box.X - by, box.Y - by, box.Width + 2 * by, box.Height + 2 * by);

    private static PixelBox Common(PixelBox a, PixelBox b)
    {
        int left = Math.Max(a.X, b.X), top = Math.Max(a.Y, b.Y);
        return new PixelBox(left, top, Math.Min(a.X + a.Width, b.X + b.Width) - left, Math.Min(a.Y + a.Height, b.Y + b.Height) - top);
    }
}
