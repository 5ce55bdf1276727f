namespace CnnVis.Engine.Drawing;

/// <summary>Where everything on a sheet stands, in pixels of the picture. Pure arithmetic: nothing is drawn.</summary>
public sealed class SheetLayout
{
    private const int PlainMargin = 12, LetteredMargin = 20, WidestText = 480, WidestRowLabel = 200, LongestBar = 360, ShortestBar = 200, BarHeight = 12;
    private const int LabelSpacing = 8, PixelsPerTick = 60, BlockSpacing = 14, LineSpacing = 4, SwatchWidth = 24, MaximumLines = 3;

    /// <summary>Length of the marks below a colour bar, in pixels.</summary>
    internal const int TickLength = 4;

    private readonly TextMeasure _measure;
    private readonly List<PlacedCell> _cells = [];
    private readonly List<PlacedText> _texts = [];
    private readonly List<PlacedBar> _bars = [];
    private readonly List<PlacedSwatch> _swatches = [];
    private readonly int _margin, _content, _gutter;
    private int _top;

    private SheetLayout(Sheet sheet, TextMeasure measure)
    {
        _measure = measure;
        SheetGrid grid = SheetGrid.Of(sheet, measure);
        bool hasText = grid.HasCaptions || sheet.RowLabels.Count > 0 || sheet.Cells.Any(c => c.Mark.Length > 0) || BarsOf(sheet).Any() || sheet.Legend.Count > 0 || Lines(sheet).Any(l => l.Text.Length > 0);
        bool isBare = !hasText && sheet.Cells.Count == 1;
        Scale = grid.Scale;
        Frame = isBare ? 0 : grid.Frame;
        _margin = isBare ? 0 : hasText ? LetteredMargin : PlainMargin;
        _gutter = sheet.RowLabels.Count == 0 ? 0 : (int)Math.Ceiling(Math.Min(WidestRowLabel, sheet.RowLabels.Max(l => measure(l, TextStyle.Subtitle)))) + LabelSpacing;
        (long width, long height) = isBare ? (grid.ColumnWidths[0], grid.RowHeights[0]) : (_gutter + grid.Width, grid.Height);
        double legend = sheet.Legend.Select(e => SwatchWidth + measure(e.Label, TextStyle.Subtitle)).DefaultIfEmpty(0).Max();
        double text = Math.Min(WidestText, Math.Max(legend, Lines(sheet).Max(l => measure(l.Text, l.Style))));
        width = Math.Max(width, Math.Max((long)Math.Ceiling(text), BarsOf(sheet).Any() ? ShortestBar : 0));
        RefuseIfLarge(width + 2L * _margin, height + 2L * _margin);

        (_content, _top) = ((int)width, _margin);
        Place(sheet.Title, TextStyle.Title);
        Place(sheet.Subtitle, TextStyle.Subtitle);
        if (_texts.Count > 0) _top += BlockSpacing - LineSpacing;
        Place(sheet.Cells, sheet.RowLabels, grid);
        foreach (ColorBar bar in BarsOf(sheet)) _bars.Add(Place(bar));
        if (sheet.Legend.Count > 0) _top += BlockSpacing;
        foreach (LegendEntry entry in sheet.Legend) Place(entry);
        if (sheet.Legend.Count > 0) _top -= LineSpacing;
        if (sheet.Notes.Count > 0) _top += BlockSpacing;
        foreach (string note in sheet.Notes) Place(note, TextStyle.Note);
        if (sheet.Notes.Count > 0) _top -= LineSpacing;
        (Width, Height) = (_content + 2 * _margin, _top + _margin);
        RefuseIfLarge(Width, Height);
    }

    /// <summary>Columns of the picture.</summary>
    public int Width { get; }

    /// <summary>Rows of the picture.</summary>
    public int Height { get; }

    /// <summary>Pixels that a cell's pixel takes on each side.</summary>
    public int Scale { get; }

    /// <summary>Thickness of the line around each cell; 0 where the sheet is nothing but one picture.</summary>
    public int Frame { get; }

    /// <summary>The cells, in the sheet's order.</summary>
    public IReadOnlyList<PlacedCell> Cells => _cells;

    /// <summary>Title, subtitle, the bar's label and notes, line by line.</summary>
    public IReadOnlyList<PlacedText> Texts => _texts;

    /// <summary>The scales of the colours.</summary>
    public IReadOnlyList<PlacedBar> ColorBars => _bars;

    /// <summary>The squares of the legend.</summary>
    public IReadOnlyList<PlacedSwatch> Swatches => _swatches;

    /// <summary>Lays a sheet out.</summary>
    /// <param name="sheet">What is on it.</param>
    /// <param name="measure">Widths of the lettering.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the sheet has no cells, or its picture would exceed <see cref="SheetRenderer.MaximumSide"/>.</exception>
    public static SheetLayout Of(Sheet sheet, TextMeasure measure) => new(sheet, measure);

    private static IEnumerable<ColorBar> BarsOf(Sheet sheet) => sheet.ColorBar is { } bar ? sheet.FurtherColorBars.Prepend(bar) : sheet.FurtherColorBars;

    private static IEnumerable<(string Text, TextStyle Style)> Lines(Sheet sheet) =>
        [(sheet.Title, TextStyle.Title), (sheet.Subtitle, TextStyle.Subtitle), .. BarsOf(sheet).Select(b => (b.Label, TextStyle.Subtitle)), .. sheet.Notes.Select(n => (n, TextStyle.Note))];

    private static void RefuseIfLarge(long width, long height)
    {
        if (Math.Max(width, height) <= SheetRenderer.MaximumSide) return;
        throw new CnnVisException(ErrorIds.InvalidArgument, $"The picture would be {width}x{height} pixels, more than {SheetRenderer.MaximumSide} a side. Draw fewer cells with -Limit, or smaller ones with -Magnification.");
    }

    private void Place(string text, TextStyle style)
    {
        foreach (string line in TextFitting.Wrap(text, style, _content, MaximumLines, _measure))
        {
            _texts.Add(TextAt(line, style, _margin, _top));
            _top += style.LineHeight + LineSpacing;
        }
    }

    /// <summary>Pictures stand on the bottom of their row, in the middle of their column, so that captions share a line.</summary>
    private void Place(IReadOnlyList<SheetCell> cells, IReadOnlyList<string> labels, SheetGrid grid)
    {
        int top = _top + Frame;
        for (int first = 0, row = 0; first < cells.Count; first += grid.Columns, row++)
        {
            int left = _margin + _gutter + Frame, bottom = top + (int)grid.RowHeights[row];
            if (row < labels.Count)
                _texts.Add(TextAt(TextFitting.Elide(labels[row], TextStyle.Subtitle, _gutter - LabelSpacing, _measure), TextStyle.Subtitle, _margin, (top + bottom - TextStyle.Subtitle.LineHeight) / 2));
            for (int column = 0; column < grid.Columns && first + column < cells.Count; column++)
            {
                SheetCell cell = cells[first + column];
                int room = (int)grid.ColumnWidths[column], width = cell.Image.Width * Scale, height = cell.Image.Height * Scale;
                var box = new PixelBox(left + (room - width) / 2, bottom - height, width, height);
                _cells.Add(new PlacedCell(cell, box, cell.Caption.Length == 0 ? null : Caption(cell.Caption, left, room, bottom + grid.CaptionHeight)));
                left += room + grid.Gap;
            }
            top = bottom + grid.CaptionHeight + grid.RowGap;
        }
        _top = top - grid.RowGap + Frame;
    }

    private PlacedText Caption(string caption, int left, int room, int bottom)
    {
        PlacedText text = TextAt(TextFitting.Elide(caption, TextStyle.Caption, room, _measure), TextStyle.Caption, left, bottom - TextStyle.Caption.LineHeight);
        return text with { Box = text.Box with { X = left + (room - text.Box.Width) / 2 } };
    }

    private PlacedBar Place(ColorBar bar)
    {
        _top += BlockSpacing;
        Place(bar.Label, TextStyle.Subtitle);
        var box = new PixelBox(_margin + 1, _top, Math.Min(_content, LongestBar) - 2, BarHeight);
        _top += BarHeight + TickLength + LineSpacing;
        IReadOnlyList<TickMark> marks = TickMarks.Between(bar.Low, bar.High, Math.Max(1, box.Width / PixelsPerTick));
        List<(int Column, PlacedText Label)> placed = [];
        foreach (TickMark mark in marks.OrderBy(m => m.IsEnd ? 0 : m.Value == 0 ? 1 : 2))
        {
            double part = bar.High > bar.Low ? (mark.Value - bar.Low) / (bar.High - bar.Low) : bar.Map.IsDiverging ? 0.5 : 0;
            int column = box.X + (int)Math.Round(part * (box.Width - 1));
            PlacedText label = TextAt(mark.Label, TextStyle.Caption, 0, _top);
            label = label with { Box = label.Box with { X = Math.Clamp(column - label.Box.Width / 2, _margin, _margin + box.Width + 2 - label.Box.Width) } };
            if (placed.All(p => p.Label.Box.X + p.Label.Box.Width + LabelSpacing <= label.Box.X || label.Box.X + label.Box.Width + LabelSpacing <= p.Label.Box.X)) placed.Add((column, label));
        }
        _top += TextStyle.Caption.LineHeight;
        return new PlacedBar(bar.Map, box, [.. placed.Select(p => p.Column)], [.. placed.Select(p => p.Label)]);
    }

    private void Place(LegendEntry entry)
    {
        TextStyle style = TextStyle.Subtitle;
        _swatches.Add(new PlacedSwatch(new PixelBox(_margin, _top, style.LineHeight, style.LineHeight), entry.Color));
        _texts.Add(TextAt(TextFitting.Elide(entry.Label, style, _content - SwatchWidth, _measure), style, _margin + SwatchWidth, _top));
        _top += style.LineHeight + LineSpacing;
    }

    private PlacedText TextAt(string text, TextStyle style, int left, int top) =>
        new(text, style, new PixelBox(left, top, (int)Math.Ceiling(_measure(text, style)), style.LineHeight));
}
