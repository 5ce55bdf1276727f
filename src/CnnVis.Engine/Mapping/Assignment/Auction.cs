namespace CnnVis.Engine.Mapping.Assignment;

/// <summary>
/// Linear assignment by auction (Bertsekas 1988): points without a cell bid for the one that is cheapest for them, its price rises by what they would lose with the
/// second best and by ε, and whoever had it bids again. ε shrinks from phase to phase; each phase's prices give a lower bound of all assignments, and the
/// first phase within <see cref="Tolerance"/> of it is the last. Cells stand in blocks with their lowest price, so that a bid looks at few of them. Cells that
/// stay empty go to bidders whom every cell costs nothing.
/// </summary>
internal sealed class Auction
{
    /// <summary>Part of the optimal cost that may be lost.</summary>
    public const double Tolerance = 0.005;

    /// <summary>Squared distance a point, in cells, that is nothing in a picture.</summary>
    private const double Negligible = 1e-4;

    private const int Side = 8, StopEvery = 1024;
    private const double Shrinking = 5;

    private readonly double[] _x, _y, _price, _blockPrice, _across, _down;
    private readonly int[] _bidderOf, _cellOf;
    private readonly int _columns, _rows, _blockColumns, _blockRows;
    private readonly CancellationToken _stop;

    private Auction(double[] x, double[] y, int columns, int rows, CancellationToken stop)
    {
        (_x, _y, _columns, _rows, _stop) = (x, y, columns, rows, stop);
        (_blockColumns, _blockRows) = ((columns + Side - 1) / Side, (rows + Side - 1) / Side);
        (_price, _blockPrice) = (new double[columns * rows], new double[_blockColumns * _blockRows]);
        (_across, _down) = (new double[_blockColumns], new double[_blockRows]);
        (_bidderOf, _cellOf) = (new int[_price.Length], new int[_price.Length]);
        _bidderOf.AsSpan().Fill(-1);
        _cellOf.AsSpan().Fill(-1);
    }

    /// <summary>Solves the problem to within <see cref="Tolerance"/>; see <see cref="GridAssignment.Solve"/>.</summary>
    public static CellAssignment Solve(double[] x, double[] y, int columns, int rows, CancellationToken stop, double tolerance = Tolerance)
    {
        var auction = new Auction(x, y, columns, rows, stop);
        double step = GridAssignment.Squared(Math.Max(columns, rows)) / 4.0;
        while (true)
        {
            auction.Run(step);
            int[] cells = auction._cellOf[..x.Length];
            var result = new CellAssignment(cells, GridAssignment.Cost(x, y, cells, columns), auction.LowerBound(), IsOptimal: false);
            if (result.Cost - result.LowerBound <= Math.Max(tolerance * result.LowerBound, Negligible * tolerance * x.Length)) return result;
            step /= Shrinking;
        }
    }

    /// <summary>One phase: who pays more than ε above the cheapest at today's prices gives the cell back, and all without one bid until nobody is.</summary>
    private void Run(double step)
    {
        var waiting = new Queue<int>();
        for (int bidder = 0; bidder < _cellOf.Length; bidder++)
        {
            if (bidder % StopEvery == 0) _stop.ThrowIfCancellationRequested();
            int cell = _cellOf[bidder];
            if (cell >= 0)
            {
                if (Value(bidder, cell) <= Cheapest(bidder).Least + step) continue;
                _bidderOf[cell] = _cellOf[bidder] = -1;
            }
            waiting.Enqueue(bidder);
        }
        for (long bids = 0; waiting.TryDequeue(out int bidder); bids++)
        {
            if (bids % StopEvery == 0) _stop.ThrowIfCancellationRequested();
            var (cell, least, second) = Cheapest(bidder);
            Raise(cell, (double.IsFinite(second) ? second - least : 0) + step); // one cell alone has no second
            int before = _bidderOf[cell];
            (_bidderOf[cell], _cellOf[bidder]) = (bidder, cell);
            if (before < 0) continue;
            _cellOf[before] = -1;
            waiting.Enqueue(before);
        }
    }

    private bool IsPoint(int bidder) => bidder < _x.Length;

    private double Value(int bidder, int cell) =>
        _price[cell] + (IsPoint(bidder) ? GridAssignment.Squared(cell % _columns + 0.5 - _x[bidder]) + GridAssignment.Squared(cell / _columns + 0.5 - _y[bidder]) : 0);

    /// <summary>The cheapest cell for a bidder, and what it and the next cost. What cannot change either is not looked at: of many free cells that cost nothing, two are enough.</summary>
    private (int Cell, double Least, double Second) Cheapest(int bidder)
    {
        bool isPoint = IsPoint(bidder);
        var best = (Cell: -1, Least: double.PositiveInfinity, Second: double.PositiveInfinity);
        int home = -1;
        if (isPoint)
        {
            Distances(_x[bidder], _columns, _across);
            Distances(_y[bidder], _rows, _down);
            home = Math.Clamp((int)_y[bidder], 0, _rows - 1) / Side * _blockColumns + Math.Clamp((int)_x[bidder], 0, _columns - 1) / Side;
            Look(bidder, home, ref best); // near cells first, so that most others need no look
        }
        else
        {
            _across.AsSpan().Clear();
            _down.AsSpan().Clear();
        }
        for (int row = 0, block = 0; row < _blockRows; row++)
            for (int column = 0; column < _blockColumns; column++, block++)
                if (_blockPrice[block] + _across[column] + _down[row] < best.Second && block != home) Look(bidder, block, ref best);
        return best;
    }

    /// <summary>Least squared distance along an axis from a place to the centres of each block's cells.</summary>
    private static void Distances(double place, int length, double[] blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            double first = i * Side + 0.5, last = Math.Min(i * Side + Side, length) - 0.5;
            blocks[i] = GridAssignment.Squared(Math.Max(0, Math.Max(first - place, place - last)));
        }
    }

    private void Look(int bidder, int block, ref (int Cell, double Least, double Second) best)
    {
        int left = block % _blockColumns * Side, top = block / _blockColumns * Side, right = Math.Min(left + Side, _columns), bottom = Math.Min(top + Side, _rows);
        bool isPoint = IsPoint(bidder);
        double x = isPoint ? _x[bidder] - 0.5 : 0, y = isPoint ? _y[bidder] - 0.5 : 0;
        for (int row = top; row < bottom; row++)
        {
            double down = isPoint ? GridAssignment.Squared(row - y) : 0;
            if (down + _blockPrice[block] >= best.Second) continue;
            for (int column = left, cell = row * _columns + left; column < right; column++, cell++)
            {
                double value = _price[cell] + down + (isPoint ? GridAssignment.Squared(column - x) : 0);
                if (value < best.Least) best = (cell, value, best.Least);
                else if (value < best.Second) best.Second = value;
            }
        }
    }

    private void Raise(int cell, double by)
    {
        int block = cell / _columns / Side * _blockColumns + cell % _columns / Side;
        bool wasLowest = _price[cell] == _blockPrice[block];
        _price[cell] += by;
        if (!wasLowest) return;
        int left = block % _blockColumns * Side, top = block / _blockColumns * Side, width = Math.Min(Side, _columns - left), bottom = Math.Min(top + Side, _rows);
        double lowest = double.PositiveInfinity;
        for (int row = top; row < bottom; row++)
            foreach (double price in _price.AsSpan(row * _columns + left, width)) lowest = Math.Min(lowest, price);
        _blockPrice[block] = lowest;
    }

    private double LowerBound()
    {
        double sum = 0;
        for (int bidder = 0; bidder < _cellOf.Length; bidder++) sum += Cheapest(bidder).Least;
        foreach (double price in _price) sum -= price;
        return sum;
    }
}
