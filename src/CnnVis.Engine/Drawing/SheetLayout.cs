namespace CnnVis.Engine.Drawing;

/// <summary>Where everything on a sheet stands, in pixels of the picture. Pure arithmetic: nothing is drawn.</summary>
public sealed class SheetLayout
{
    private const int PlainMargin = 12, LetteredMargin = 20, WidestText = 480, WidestRowLabel = 200, LongestBar = 360, ShortestBar = 200, BarHeight = 12;
    private const int LabelSpacing = 8, PixelsPerTick = 60, BlockSpacing = 14, LineSpacing = 4, SwatchWidth = 24, MaximumLines = 3, MaximumNoteLines = 12;

    /// <summary>Length of the marks below a colour bar, in pixels.</summary>
    internal const int TickLength = 4;

    /// <summary>Margins and frames, in pixels, left and right of the only cell of a row without text.</summary>
    internal const int Surroundings = 2 * (PlainMargin + SheetGrid.WidestFrame);

    private readonly TextMeasure _measure;
    private readonly List<PlacedCell> _cells = [];
    private readonly List<PlacedText> _texts = [];
    private readonly List<PlacedBar> _bars = [];
    private readonly List<PlacedSwatch> _swatches = [];
    private readonly int _margin, _content, _gutter;
    private int _top;

    private SheetLayout(Sheet sheet, TextMeasure measure, int? maximumWidth)
    {
        _measure = measure;
        SheetGrid grid = SheetGrid.Of(sheet, measure);
        bool hasText = grid.HasCaptions || sheet.RowLabels.Count > 0 || sheet.Cells.Any(c => c.Mark.Length > 0) || BarsOf(sheet).Any() || sheet.Legend.Count > 0 || Lines(sheet).Any(l => l.Text.Length > 0);
        bool isBare = !hasText && sheet.Cells.Count == 1;
        Scale = grid.Scale;
        Frame = isBare ? 0 : grid.Frame;
        _margin = isBare ? 0 : hasText ? LetteredMargin : PlainMargin;
        _gutter = sheet.RowLabels.Count == 0 ? 0 : (int)Math.Ceiling(Math.Min(WidestRowLabel, sheet.RowLabels.Max(l => measure(l, TextStyle.Subtitle)))) + LabelSpacing;
        long room = maximumWidth is { } most ? Math.Max(1, most - 2L * _margin) : long.MaxValue;
        if (!isBare && _gutter + grid.Width > room || isBare && grid.ColumnWidths[0] > room)
        {
            _gutter = (int)Math.Min(_gutter, room / 3);
            grid = SheetGrid.Of(sheet, measure, room - _gutter + (isBare ? 2 * grid.Frame : 0));
            Scale = grid.Scale;
        }
        (long width, long height) = isBare ? (grid.ColumnWidths[0], grid.RowHeights[0]) : (_gutter + grid.Width, grid.Height);
        double legend = sheet.Legend.Select(e => SwatchWidth + measure(e.Label, TextStyle.Subtitle)).DefaultIfEmpty(0).Max();
        double text = Math.Min(WidestText, Math.Max(legend, Lines(sheet).Max(l => measure(l.Text, l.Style))));
        width = Math.Max(width, Math.Max((long)Math.Ceiling(text), BarsOf(sheet).Any() ? ShortestBar : 0));
        width = Math.Min(width, room);
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

    /// <summary>Whether there is a chart, whose colours follow the page's, and so do the legend's.</summary>
    public bool HasCharts => _cells.Any(c => c.Cell.Chart is not null);

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
    /// <param name="maximumWidth">Columns that the picture may have; null for as many as it needs.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the sheet has no cells, or its picture would exceed <see cref="SheetRenderer.MaximumSide"/>.</exception>
    public static SheetLayout Of(Sheet sheet, TextMeasure measure, int? maximumWidth = null) => new(sheet, measure, maximumWidth);

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
        foreach (string line in TextFitting.Wrap(text, style, _content, style == TextStyle.Note ? MaximumNoteLines : MaximumLines, _measure))
        {
            _texts.Add(TextAt(line, style, _margin, _top));
            _top += style.LineHeight + LineSpacing;
        }
    }

    /// <summary>Pictures stand on the bottom of their row, in the middle of their column, so that captions share a line.</summary>
    private void Place(IReadOnlyList<SheetCell> cells, IReadOnlyList<string> labels, SheetGrid grid)
    {
        int[] tops = Starts(_top + Frame, grid.RowHeights, grid.CaptionHeight + grid.RowGap), lefts = Starts(_margin + _gutter + Frame, grid.ColumnWidths, grid.Gap);
        for (int row = 0; row < labels.Count && row * grid.LinesPerRow < tops.Length; row++)
        {
            int line = row * grid.LinesPerRow, bottom = tops[line] + (int)grid.RowHeights[line];
            _texts.Add(TextAt(TextFitting.Elide(labels[row], TextStyle.Subtitle, _gutter - LabelSpacing, _measure), TextStyle.Subtitle, _margin, (tops[line] + bottom - TextStyle.Subtitle.LineHeight) / 2));
        }
        for (int i = 0; i < cells.Count; i++)
        {
            var (line, column) = grid.PlaceOf(i);
            var (width, height) = grid.SizeOf(i);
            int room = (int)grid.ColumnWidths[column], bottom = tops[line] + (int)grid.RowHeights[line];
            var box = new PixelBox(lefts[column] + (room - (int)width) / 2, bottom - (int)height, (int)width, (int)height);
            SheetCell cell = cells[i];
            _cells.Add(new PlacedCell(cell, box, cell.Caption.Length == 0 ? null : Caption(cell.Caption, lefts[column], room, bottom + grid.CaptionHeight)));
        }
        _top = tops[^1] + (int)grid.RowHeights[^1] + grid.CaptionHeight + Frame;
    }

    /// <summary>Where each of some stretches begins, one behind another.</summary>
    private static int[] Starts(int first, long[] lengths, int gap)
    {
        int[] starts = new int[lengths.Length];
        for (int i = 0; i < starts.Length; i++) starts[i] = i == 0 ? first : starts[i - 1] + (int)lengths[i - 1] + gap;
        return starts;
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
