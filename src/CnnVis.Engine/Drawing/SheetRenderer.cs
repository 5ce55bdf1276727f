using CnnVis.Engine.Drawing.Charts;

namespace CnnVis.Engine.Drawing;

/// <summary>Makes the picture of a sheet: text on a white or dark page, pixels that mean something as crisp blocks.</summary>
public static class SheetRenderer
{
    /// <summary>Longest side of a picture, in pixels.</summary>
    public const int MaximumSide = 16384;

    /// <summary>The narrowest picture that can be asked for: a colour bar with numbers at its ends has room.</summary>
    public const int SmallestWidth = 160;

    private const int BoxLine = 2, MarkPadding = 2;

    /// <summary>The picture of whatever can be seen.</summary>
    /// <param name="visual">What to draw.</param>
    /// <param name="options">The choices of the person who looks.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is nothing to draw, or the picture would exceed <see cref="MaximumSide"/>.</exception>
    public static PixelImage Render(IVisual visual, DrawOptions options) => Render(visual.Draw(options), options);

    /// <summary>The picture of a sheet. One cell without title, captions, scale and notes is the picture itself, magnified, without a frame.</summary>
    /// <param name="sheet">What to draw.</param>
    /// <param name="options">The page: its <see cref="DrawOptions.Background"/> and <see cref="DrawOptions.MaximumWidth"/>; null for a white one as wide as it needs.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is nothing to draw, or the picture would exceed <see cref="MaximumSide"/>.</exception>
    public static PixelImage Render(Sheet sheet, DrawOptions? options = null)
    {
        PageColors page = (options ?? DrawOptions.Default).Page;
        using var lettering = new Lettering();
        SheetLayout layout = SheetLayout.Of(sheet, lettering.Width, options?.MaximumWidth);
        var canvas = new Canvas(layout.Width, layout.Height, page);
        foreach (PlacedCell cell in layout.Cells) Draw(canvas, cell, layout, lettering);
        foreach (PlacedBar bar in layout.ColorBars) Draw(canvas, bar);
        foreach (PlacedSwatch swatch in layout.Swatches)
        {
            canvas.Fill(swatch.Box, layout.HasCharts ? page.Shown(swatch.Color) : swatch.Color);
            canvas.Outline(swatch.Box, 1, page.Rule);
        }
        foreach (PlacedText text in Texts(layout)) lettering.Write(canvas, text);
        foreach (PlacedCell cell in layout.Cells.Where(c => c.Cell.Mark.Length > 0)) WriteMark(canvas, cell, lettering);
        return canvas.ToImage();
    }

    /// <summary>Sees to it that a sheet can be drawn.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="options">The page.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is nothing to draw, or the picture would exceed <see cref="MaximumSide"/>.</exception>
    public static void Check(Sheet sheet, DrawOptions options)
    {
        using var lettering = new Lettering();
        SheetLayout.Of(sheet, lettering.Width, options.MaximumWidth);
    }

    /// <summary>The picture of sheets: of several, each in a box of its own, or, where each is one picture and its caption, these as one sheet.</summary>
    /// <param name="sheets">At least one.</param>
    /// <param name="options">The page: its background, the columns that it may have, and sheets a row.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is nothing to draw, or the picture would exceed <see cref="MaximumSide"/>.</exception>
    public static PixelImage Render(IReadOnlyList<Sheet> sheets, DrawOptions options)
    {
        if (sheets.Count == 1) return Render(sheets[0], options);
        SheetCell[] alone = [.. sheets.Select(Alone).OfType<SheetCell>()];
        DrawOptions inner = options.MaximumWidth is { } most ? options with { MaximumWidth = most - SheetLayout.Surroundings } : options;
        SheetCell[] cells = alone.Length == sheets.Count ? alone : [.. sheets.Select(s => new SheetCell(Render(s, inner)))];
        return Render(new Sheet { Cells = cells, Scale = 1, Columns = options.Columns }, options);
    }

    /// <summary>The one picture of a sheet that is nothing but this picture and its caption, magnified as the sheet says, so that it can stand in a row with others; null where a sheet is more.</summary>
    /// <param name="sheet">The sheet.</param>
    internal static SheetCell? Alone(Sheet sheet) =>
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
            using var surface = new PixelSurface(placed.Box.Width, placed.Box.Height, canvas.Page, lettering);
            ChartPainter.Draw(chart with { Width = placed.Box.Width }, 0, 0, surface, lettering.Width);
            canvas.Draw(surface.ToImage(), placed.Box.X, placed.Box.Y);
            return;
        }
        canvas.Outline(Grown(placed.Box, layout.Frame), layout.Frame, canvas.Page.Frame);
        if (placed.IsReduced) canvas.Draw(placed.Cell.Image.Reduce(placed.Box.Width, placed.Box.Height), placed.Box.X, placed.Box.Y);
        else canvas.Draw(placed.Cell.Image, placed.Box.X, placed.Box.Y, layout.Scale);
        foreach (PixelBox box in placed.Cell.Boxes ?? [])
            Mark(canvas, Common(Grown(placed.Shown(box), 2 * BoxLine), placed.Box));
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
        canvas.Outline(Grown(bar.Box, 1), 1, canvas.Page.Rule);
        for (int x = 0; x < bar.Box.Width; x++) canvas.Fill(bar.Box with { X = bar.Box.X + x, Width = 1 }, bar.Map[x / (bar.Box.Width - 1.0)]);
        foreach (int tick in bar.Ticks) canvas.Fill(new PixelBox(tick, bar.Box.Y + bar.Box.Height + 1, 1, SheetLayout.TickLength), canvas.Page.Rule);
    }

    private static PixelBox Grown(PixelBox box, int by) => new(box.X - by, box.Y - by, box.Width + 2 * by, box.Height + 2 * by);

    private static PixelBox Common(PixelBox a, PixelBox b)
    {
        int left = Math.Max(a.X, b.X), top = Math.Max(a.Y, b.Y);
        return new PixelBox(left, top, Math.Min(a.X + a.Width, b.X + b.Width) - left, Math.Min(a.Y + a.Height, b.Y + b.Height) - top);
    }
}
