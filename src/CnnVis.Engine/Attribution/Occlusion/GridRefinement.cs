namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>
/// Which positions of an occluder are computed where not all are: first those of a coarse grid, whose windows still cover every pixel; then, between four of them, the ones in the middle, wherever what is known of
/// the scores there moves by a threshold or more, and so on down to the last position. Scores between are interpolated.
/// </summary>
/// <remarks>What is told of the error is an estimate and no bound: a score may move between positions whose scores are alike.</remarks>
internal sealed class GridRefinement
{
    private readonly OccluderGrid _grid;
    private readonly double _threshold;
    private readonly bool[] _isComputed;
    private List<Cell> _cells;
    private bool _isBegun;

    /// <param name="grid">All positions.</param>
    /// <param name="threshold">Difference of scores from which on positions between are computed; 0 computes all.</param>
    public GridRefinement(OccluderGrid grid, double threshold)
    {
        (_grid, _threshold, _isComputed) = (grid, threshold, new bool[grid.Count]);
        var columns = Spans(grid.Columns).ToArray();
        _cells = [.. Spans(grid.Rows).SelectMany(r => columns.Select(c => new Cell(r.First, r.Last, c.First, c.Last)))];
    }

    /// <summary>For each position, whether it was computed.</summary>
    public IReadOnlyList<bool> IsComputed => _isComputed;

    /// <summary>The positions to compute next, in their order; none at the end.</summary>
    /// <param name="scores">Scores of each class, by position; those of computed positions are looked at.</param>
    public int[] Next(IReadOnlyList<float[]> scores)
    {
        if (!_isBegun)
        {
            _isBegun = true;
            return Take(_cells);
        }
        while (true)
        {
            var parts = new List<Cell>();
            var cells = new List<Cell>();
            foreach (Cell cell in _cells)
            {
                // A difference that is no number is looked into as well.
                if (cell.CanSplit && scores.Any(s => !(Difference(cell, s) < _threshold))) parts.AddRange(cell.Parts());
                else cells.Add(cell);
            }
            if (parts.Count == 0) return [];
            _cells = [.. cells, .. parts];
            if (Take(parts) is { Length: > 0 } next) return next;
        }
    }

    /// <summary>The largest difference of computed scores around positions that were not computed; null where all were.</summary>
    /// <param name="scores">Scores of a class.</param>
    public float? LargestDifference(float[] scores) => _cells.Where(c => Positions(c).Any(p => !_isComputed[p])).Select(c => (float?)Difference(c, scores)).Max();

    /// <summary>Fills in what was not computed: bilinearly between the corners of the smallest cell around it.</summary>
    public void Interpolate(float[] values) => Fill((cell, position, row, column) => values[position] = (float)(
        (1 - row) * ((1 - column) * values[At(cell.Top, cell.Left)] + column * values[At(cell.Top, cell.Right)])
        + row * ((1 - column) * values[At(cell.Bottom, cell.Left)] + column * values[At(cell.Bottom, cell.Right)])));

    /// <summary>Fills in what was not computed by the nearest corner's.</summary>
    public void TakeNearest(int[] values) => Fill((cell, position, row, column) => values[position] = values[At(row < 0.5 ? cell.Top : cell.Bottom, column < 0.5 ? cell.Left : cell.Right)]);

    private void Fill(Action<Cell, int, double, double> fill)
    {
        foreach (Cell cell in _cells.OrderByDescending(c => c.Area)) // where two meet, the finer one is right
            foreach (int position in Positions(cell))
                if (!_isComputed[position])
                {
                    var (row, column) = Math.DivRem(position, _grid.Columns.Count);
                    fill(cell, position, Share(row, cell.Top, cell.Bottom), Share(column, cell.Left, cell.Right));
                }

        static double Share(int place, int first, int last) => first == last ? 0 : (double)(place - first) / (last - first);
    }

    private int[] Take(IReadOnlyList<Cell> cells)
    {
        int[] wanted = [.. cells.SelectMany(c => new[] { At(c.Top, c.Left), At(c.Top, c.Right), At(c.Bottom, c.Left), At(c.Bottom, c.Right) }).Where(p => !_isComputed[p]).Distinct().Order()];
        foreach (int position in wanted) _isComputed[position] = true;
        return wanted;
    }

    private float Difference(Cell cell, float[] scores)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (int position in Positions(cell))
            if (_isComputed[position]) (low, high) = (Math.Min(low, scores[position]), Math.Max(high, scores[position]));
        return high - low;
    }

    private IEnumerable<int> Positions(Cell cell)
    {
        for (int row = cell.Top; row <= cell.Bottom; row++)
            for (int column = cell.Left; column <= cell.Right; column++) yield return At(row, column);
    }

    private int At(int row, int column) => row * _grid.Columns.Count + column;

    /// <summary>From one coarse place to the next: powers of two, at most a window apart.</summary>
    private static IEnumerable<(int First, int Last)> Spans(OccluderAxis axis)
    {
        int step = 1, last = axis.Count - 1;
        while (2 * step * axis.Stride <= axis.Window) step *= 2;
        if (last == 0) yield return (0, 0);
        for (int first = 0; first < last; first += step) yield return (first, Math.Min(first + step, last));
    }

    /// <summary>Positions from corner to corner, both included.</summary>
    private readonly record struct Cell(int Top, int Bottom, int Left, int Right)
    {
        public bool CanSplit => Bottom - Top > 1 || Right - Left > 1;

        public int Area => (Bottom - Top + 1) * (Right - Left + 1);

        public IEnumerable<Cell> Parts()
        {
            foreach (var (top, bottom) in Halves(Top, Bottom))
                foreach (var (left, right) in Halves(Left, Right)) yield return new Cell(top, bottom, left, right);
        }

        private static (int, int)[] Halves(int first, int last) => last - first > 1 ? [(first, (first + last) / 2), ((first + last) / 2, last)] : [(first, last)];
    }
}
