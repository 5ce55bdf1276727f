namespace CnnVis.Engine.Drawing;

/// <summary>How the cells of a sheet fall into columns and rows.</summary>
public sealed class SheetGrid
{
    private const int ComfortableSide = 1200, TallestSheet = 4 * ComfortableSide, LargestCell = 320, LargestScale = 32, LargestCaption = 96;
    private const int SmallestUnit = 8, LargestUnit = 16, WideGap = 8, CaptionPadding = 3;

    private readonly IReadOnlyList<SheetCell> _cells;
    private readonly double[] _captions;
    private readonly int _widest, _tallest;
    private readonly bool _isSpaced;

    private SheetGrid(Sheet sheet, TextMeasure measure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sheet.Scale ?? 1, 1, nameof(sheet.Scale));
        ArgumentOutOfRangeException.ThrowIfLessThan(sheet.Columns ?? 1, 1, nameof(sheet.Columns));
        _cells = sheet.Cells;
        _captions = [.. _cells.Select(c => c.Caption.Length == 0 ? 0 : Math.Min(LargestCaption, Math.Ceiling(measure(c.Caption, TextStyle.Caption))))];
        HasCaptions = _captions.Any(w => w > 0);
        (_widest, _tallest) = (_cells.Max(c => c.Image.Width), _cells.Max(c => c.Image.Height));
        _isSpaced = HasCaptions || _cells.Any(c => c.Image.Width != _widest || c.Image.Height != _tallest);
        Scale = sheet.Scale ?? ComfortableScale(sheet.Columns);
        Columns = Math.Min(_cells.Count, sheet.Columns ?? SquareColumns(Scale));
        ColumnWidths = new long[Columns];
        RowHeights = new long[(_cells.Count + Columns - 1) / Columns];
        for (int i = 0; i < _cells.Count; i++)
        {
            ref long width = ref ColumnWidths[i % Columns], height = ref RowHeights[i / Columns];
            width = Math.Max(width, Math.Max((long)_cells[i].Image.Width * Scale, (long)_captions[i]));
            height = Math.Max(height, (long)_cells[i].Image.Height * Scale);
        }
    }

    /// <summary>Pixels that a cell's pixel takes on each side.</summary>
    public int Scale { get; }

    /// <summary>Cells a row.</summary>
    public int Columns { get; }

    /// <summary>Room for the pictures of each column, in pixels; wider than they are where a short caption asks for it.</summary>
    public long[] ColumnWidths { get; }

    /// <summary>Room for the pictures of each row, in pixels, without captions.</summary>
    public long[] RowHeights { get; }

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

    /// <summary>The grid of a sheet's cells.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the sheet has no cells.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The sheet asks for no columns, or for a magnification below 1.</exception>
    public static SheetGrid Of(Sheet sheet, TextMeasure measure) =>
        sheet.Cells.Count > 0 ? new SheetGrid(sheet, measure) : throw new CnnVisException(ErrorIds.InvalidArgument, "There is nothing to draw: the sheet has no cells.", sheet);

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
            return across * width <= ComfortableSide && down * height <= (columns is null ? ComfortableSide : TallestSheet);
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

    private int GapAt(int scale) => _isSpaced ? WideGap : ((long)Math.Max(_widest, _tallest) * scale) switch { < 24 => 1, < 96 => 2, _ => 3 };

    private int RowGapAt(int scale) => HasCaptions ? GapAt(scale) + CaptionPadding : GapAt(scale);
}
