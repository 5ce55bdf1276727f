namespace CnnVis.Engine.Drawing;

/// <summary>How the cells of a sheet fall into columns and rows.</summary>
public sealed class SheetGrid
{
    /// <summary>The thickest line around a cell, in pixels.</summary>
    internal const int WidestFrame = 3;

    private const int ComfortableSide = 1200, TallestSheet = 4 * ComfortableSide, LargestCell = 320, LargestScale = 32, LargestCaption = 96;
    private const int LegiblePicture = 120, LegibleChart = 320;
    private const int SmallestUnit = 8, LargestUnit = 16, WideGap = 8, CaptionPadding = 3;

    private readonly IReadOnlyList<SheetCell> _cells;
    private readonly double[] _captions;
    private readonly int _widest, _tallest, _lowest, _wanted, _lines = 1;
    private readonly long _room;
    private readonly bool _isSpaced, _isReduced;

    private SheetGrid(Sheet sheet, TextMeasure measure, long? room)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sheet.Scale ?? 1, 1, nameof(sheet.Scale));
        ArgumentOutOfRangeException.ThrowIfLessThan(sheet.Columns ?? 1, 1, nameof(sheet.Columns));
        _cells = sheet.Cells;
        _room = room ?? long.MaxValue;
        _captions = [.. _cells.Select(c => c.Caption.Length == 0 ? 0 : Math.Min(LargestCaption, Math.Ceiling(measure(c.Caption, TextStyle.Caption))))];
        HasCaptions = _captions.Any(w => w > 0);
        (_widest, _tallest) = (_cells.Max(c => c.Image.Width), _cells.Max(c => c.Image.Height));
        _lowest = sheet.RowLabels.Count > 0 ? TextStyle.Subtitle.LineHeight : 0; // labels must not touch each other
        _isSpaced = HasCaptions || _cells.Any(c => c.Image.Width != _widest || c.Image.Height != _tallest);
        Scale = sheet.Scale ?? ComfortableScale(sheet.Columns);
        _wanted = Columns = Math.Min(_cells.Count, sheet.Columns ?? SquareColumns(Scale));
        while (true)
        {
            (ColumnWidths, RowHeights) = Measured();
            if (Width <= _room) break;
            bool areRows = sheet.Columns is not null; // rows that somebody asked for stay whole as long as they can
            if (Scale > 1 && (areRows || Columns == 1)) Scale--;
            else if (!_isReduced && (Columns == 1 || areRows && RoomForCell >= Smallest())) _isReduced = true;
            else if (Columns == 1) break;
            else if (areRows) (_lines, Columns, _isReduced) = Wrapped(Columns - 1);
            else _wanted = --Columns;
        }
    }

    /// <summary>Pixels that a cell's pixel takes on each side.</summary>
    public int Scale { get; private set; }

    /// <summary>Cells a line.</summary>
    public int Columns { get; private set; }

    /// <summary>Room for the pictures of each column, in pixels; wider than they are where a short caption asks for it.</summary>
    public long[] ColumnWidths { get; private set; }

    /// <summary>Room for the pictures of each line, in pixels, without captions.</summary>
    public long[] RowHeights { get; private set; }

    /// <summary>Whether any cell has a caption.</summary>
    public bool HasCaptions { get; }

    /// <summary>Room below each picture for its caption, in pixels.</summary>
    public int CaptionHeight => HasCaptions ? TextStyle.Caption.LineHeight + CaptionPadding : 0;

    /// <summary>Pixels between neighbours: a line between cells of one size, and clearly apart where captions could run together or sizes differ.</summary>
    public int Gap => GapAt(Scale);

    /// <summary>Pixels between rows: more than between columns where a caption must not lean on the picture below it.</summary>
    public int RowGap => RowGapAt(Scale);

    /// <summary>Thickness of the line around each cell, so that white cells stand out from the white page.</summary>
    public int Frame => _isSpaced || _cells.Count == 1 ? 1 : Gap;

    /// <summary>Columns and gaps, with the outer frame, in pixels.</summary>
    public long Width => ColumnWidths.Sum() + (long)Gap * (Columns - 1) + 2 * Frame;

    /// <summary>Rows, captions and gaps, with the outer frame, in pixels.</summary>
    public long Height => RowHeights.Sum(h => h + CaptionHeight) + (long)RowGap * (RowHeights.Length - 1) + 2 * Frame;

    /// <summary>Lines that a row of the sheet takes: more than one where it is wider than there is room.</summary>
    public int LinesPerRow => _lines;

    /// <summary>Where a cell stands.</summary>
    /// <param name="cell">Its number.</param>
    public (int Line, int Column) PlaceOf(int cell) => (cell / _wanted * _lines + cell % _wanted / Columns, cell % _wanted % Columns);

    /// <summary>Size of a cell's picture: magnified, or reduced where there is no room for it.</summary>
    /// <param name="cell">Its number.</param>
    public (long Width, long Height) SizeOf(int cell)
    {
        PixelImage image = _cells[cell].Image;
        long width = (long)image.Width * Scale, height = (long)image.Height * Scale, room = RoomForCell;
        if (!_isReduced || width <= room) return (width, height);
        return (room, _cells[cell].Chart is null ? Math.Max(1, (long)Math.Round((double)height * room / width)) : height);
    }

    /// <summary>The grid of a sheet's cells.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="measure">Widths of the lettering.</param>
    /// <param name="room">Pixels that the grid may be wide; null for as many as it needs. Rows are then magnified less, their pictures are made smaller as long as one sees what they show, and then they go on in further lines.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the sheet has no cells.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The sheet asks for no columns, or for a magnification below 1.</exception>
    public static SheetGrid Of(Sheet sheet, TextMeasure measure, long? room = null) =>
        sheet.Cells.Count > 0 ? new SheetGrid(sheet, measure, room) : throw new CnnVisException(ErrorIds.InvalidArgument, "There is nothing to draw: the sheet has no cells.", sheet);

    /// <summary>Pixels that each cell has where all are as wide.</summary>
    private long RoomForCell => Math.Max(1, (_room - 2 * Frame - (long)Gap * (Columns - 1)) / Columns);

    /// <summary>Pixels below which no cell is made smaller while its row can go on in another line.</summary>
    private long Smallest() => _cells.Max(c => Math.Min((long)c.Image.Width * Scale, c.Chart is null ? LegiblePicture : LegibleChart));

    /// <summary>Rows in as many lines as they need with so many columns at most, each line as full as the others.</summary>
    private (int Lines, int Columns, bool IsReduced) Wrapped(int columns)
    {
        int lines = (_wanted + columns - 1) / columns;
        return (lines, (_wanted + lines - 1) / lines, false);
    }

    private (long[] Widths, long[] Heights) Measured()
    {
        long[] widths = new long[Columns], heights = new long[PlaceOf(_cells.Count - 1).Line + 1];
        for (int i = 0; i < _cells.Count; i++)
        {
            var (line, column) = PlaceOf(i);
            var (width, height) = SizeOf(i);
            widths[column] = Math.Max(widths[column], Math.Max(width, (long)Math.Min(_captions[i], _isReduced ? RoomForCell : LargestCaption)));
            heights[line] = Math.Max(heights[line], Math.Max(height, _lowest));
        }
        return (widths, heights);
    }

    /// <summary>The largest magnification with which the sheet still fits a screen and no cell is blown up; units of one pixel become squares that can be seen.</summary>
    private int ComfortableScale(int? columns)
    {
        int side = Math.Max(_widest, _tallest);
        int smallest = side == 1 ? SmallestUnit : 1;
        int scale = side == 1 ? LargestUnit : Math.Clamp(LargestCell / side, 1, LargestScale);
        while (scale > smallest && !Fits(scale)) scale--;
        return scale;

        bool Fits(int scale)
        {
            long across = Math.Min(_cells.Count, columns ?? SquareColumns(scale)), down = (_cells.Count + across - 1) / across;
            (double width, double height) = Pitch(scale);
            return across * width <= Math.Min(ComfortableSide, _room) && down * height <= (columns is null ? ComfortableSide : TallestSheet);
        }
    }

    /// <summary>Cells a row that make the grid about square; a last row that is nearly empty counts against it, so 96 cells become 12 × 8.</summary>
    private int SquareColumns(int scale)
    {
        (double width, double height) = Pitch(scale);
        int count = _cells.Count, square = Math.Clamp((int)Math.Sqrt(count * height / width), 1, count);
        int first = (square + 1) / 2, last = Math.Min(count, 2 * square + 1);
        return Enumerable.Range(first, last - first + 1).MinBy(Cost);

        double Cost(int columns)
        {
            int rows = (count + columns - 1) / columns;
            double aspect = Math.Log(columns * width / (rows * height)), empty = rows - (double)count / columns;
            return 2 * aspect * aspect + empty;
        }
    }

    private (double Width, double Height) Pitch(int scale) =>
        (Math.Max((double)_widest * scale, _captions.Max()) + GapAt(scale), (double)_tallest * scale + CaptionHeight + RowGapAt(scale));

    private int GapAt(int scale) => _isSpaced ? WideGap : ((long)Math.Max(_widest, _tallest) * scale) switch { < 24 => 1, < 96 => 2, _ => WidestFrame };

    private int RowGapAt(int scale) => HasCaptions ? GapAt(scale) + CaptionPadding : GapAt(scale);
}
