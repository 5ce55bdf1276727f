using System.Numerics;
using System.Runtime.InteropServices;

namespace CnnVis.Engine.Mapping.Assignment;

/// <summary>
/// Optimal linear assignment of points to cells by shortest augmenting paths (Jonker and Volgenant 1987), also where there are more cells than points:
/// reduction of the rows by augmentation, then a Dijkstra search for each point that is left. Costs are computed where they are needed, so memory is
/// linear; ties go to the lowest cell, whatever the width of the machine's vectors.
/// </summary>
internal sealed class ShortestPaths
{
    /// <summary>Steps a point of the augmenting reduction: contests between points that lie alike would take very many.</summary>
    private const int ReductionSteps = 16;

    private readonly double[] _x, _y;
    private readonly CancellationToken _stop;
    private readonly int _cells;

    // Of each cell; vectors at the end are filled up with cells that cost infinitely much.
    private readonly double[] _centerX, _centerY, _dual, _distance, _closed;
    private readonly long[] _from;
    private readonly int[] _pointOf, _cellOf;

    private ShortestPaths(double[] x, double[] y, int columns, int rows, CancellationToken stop)
    {
        (_x, _y, _stop, _cells) = (x, y, stop, columns * rows);
        int padded = (_cells + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        (_centerX, _centerY, _dual, _distance, _closed, _from) = (new double[padded], new double[padded], new double[padded], new double[padded], new double[padded], new long[padded]);
        _dual.AsSpan(_cells).Fill(double.NegativeInfinity);
        for (int j = 0; j < _cells; j++) (_centerX[j], _centerY[j]) = (j % columns + 0.5, j / columns + 0.5);
        (_pointOf, _cellOf) = (new int[_cells], new int[x.Length]);
        _pointOf.AsSpan().Fill(-1);
        _cellOf.AsSpan().Fill(-1);
    }

    /// <summary>Solves the problem; see <see cref="GridAssignment.Solve"/>.</summary>
    public static CellAssignment Solve(double[] x, double[] y, int columns, int rows, CancellationToken stop)
    {
        var problem = new ShortestPaths(x, y, columns, rows, stop);
        foreach (int point in problem.Reduce()) problem.Augment(point);
        return new CellAssignment(problem._cellOf, GridAssignment.Cost(x, y, problem._cellOf, columns), problem.LowerBound(), IsOptimal: true);
    }

    /// <summary>Points take their cheapest cell from one another, as long as that makes it dearer; gives those that have none in the end.</summary>
    private List<int> Reduce()
    {
        List<int> free = [];
        long steps = (long)ReductionSteps * _x.Length;
        for (int first = 0; first < _x.Length; first++)
        {
            for (int point = first; point >= 0;)
            {
                _stop.ThrowIfCancellationRequested();
                var (cell, least, second) = TwoCheapest(point);
                int before = _pointOf[cell];
                bool isDearer = second > least && steps-- > 0 && double.IsFinite(second);
                if (before >= 0 && !isDearer)
                {
                    free.Add(point);
                    break;
                }
                if (isDearer) _dual[cell] -= second - least;
                Assign(point, cell);
                if (before >= 0) _cellOf[before] = -1;
                point = before;
            }
        }
        return free;
    }

    private (int Cell, double Least, double Second) TwoCheapest(int point)
    {
        ReadOnlySpan<Vector<double>> centerX = MemoryMarshal.Cast<double, Vector<double>>(_centerX), centerY = MemoryMarshal.Cast<double, Vector<double>>(_centerY), dual = MemoryMarshal.Cast<double, Vector<double>>(_dual);
        var (x, y) = (new Vector<double>(_x[point]), new Vector<double>(_y[point]));
        Vector<double> least = new(double.PositiveInfinity), second = least;
        Vector<long> at = default;
        for (int j = 0; j < dual.Length; j++)
        {
            Vector<double> across = centerX[j] - x, down = centerY[j] - y, value = across * across + down * down - dual[j];
            Vector<long> less = Vector.LessThan(value, least);
            second = Vector.ConditionalSelect(less, least, Vector.Min(second, value));
            least = Vector.ConditionalSelect(less, value, least);
            at = Vector.ConditionalSelect(less, new Vector<long>(j), at);
        }
        var (cell, lowest) = Lowest(least, at);
        double next = double.PositiveInfinity;
        for (int lane = 0; lane < Vector<double>.Count; lane++) next = Math.Min(next, at[lane] * Vector<double>.Count + lane == cell ? second[lane] : least[lane]);
        return (cell, lowest, next);
    }

    /// <summary>The cheapest way, over cells that change hands, from a point without a cell to a cell without a point.</summary>
    private void Augment(int root)
    {
        _distance.AsSpan().Fill(double.PositiveInfinity);
        _closed.AsSpan().Clear();
        List<int> passed = [];
        int point = root;
        double reached = 0, offset = 0;
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            (int cell, reached) = Relax(point, offset);
            if (_pointOf[cell] < 0)
            {
                foreach (int j in passed) _dual[j] += _distance[j] - reached;
                Exchange(root, cell);
                return;
            }
            passed.Add(cell);
            _closed[cell] = double.PositiveInfinity;
            point = _pointOf[cell];
            offset = GridAssignment.Squared(_centerX[cell] - _x[point]) + GridAssignment.Squared(_centerY[cell] - _y[point]) - _dual[cell] - reached;
        }
    }

    /// <summary>Shortens the ways that lead over a point, and gives the nearest cell that is still open.</summary>
    private (int Cell, double Distance) Relax(int point, double offset)
    {
        ReadOnlySpan<Vector<double>> centerX = MemoryMarshal.Cast<double, Vector<double>>(_centerX), centerY = MemoryMarshal.Cast<double, Vector<double>>(_centerY);
        ReadOnlySpan<Vector<double>> dual = MemoryMarshal.Cast<double, Vector<double>>(_dual), closed = MemoryMarshal.Cast<double, Vector<double>>(_closed);
        Span<Vector<double>> distance = MemoryMarshal.Cast<double, Vector<double>>(_distance.AsSpan());
        Span<Vector<long>> from = MemoryMarshal.Cast<long, Vector<long>>(_from.AsSpan());
        var (x, y, shift, source) = (new Vector<double>(_x[point]), new Vector<double>(_y[point]), new Vector<double>(offset), new Vector<long>(point));
        Vector<double> least = new(double.PositiveInfinity);
        Vector<long> at = default;
        for (int j = 0; j < distance.Length; j++)
        {
            Vector<double> across = centerX[j] - x, down = centerY[j] - y, way = across * across + down * down - dual[j] - shift + closed[j], before = distance[j];
            Vector<long> shorter = Vector.LessThan(way, before);
            Vector<double> now = Vector.ConditionalSelect(shorter, way, before);
            distance[j] = now;
            from[j] = Vector.ConditionalSelect(shorter, source, from[j]);
            Vector<double> open = now + closed[j];
            Vector<long> less = Vector.LessThan(open, least);
            least = Vector.ConditionalSelect(less, open, least);
            at = Vector.ConditionalSelect(less, new Vector<long>(j), at);
        }
        return Lowest(least, at);
    }

    private static (int Cell, double Value) Lowest(Vector<double> least, Vector<long> at)
    {
        int cell = int.MaxValue;
        double lowest = double.PositiveInfinity;
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            int candidate = (int)at[lane] * Vector<double>.Count + lane;
            if (least[lane] < lowest || least[lane] == lowest && candidate < cell) (cell, lowest) = (candidate, least[lane]);
        }
        return (cell, lowest);
    }

    private void Exchange(int root, int cell)
    {
        while (true)
        {
            int point = (int)_from[cell], before = _cellOf[point];
            Assign(point, cell);
            if (point == root) return;
            cell = before;
        }
    }

    private void Assign(int point, int cell) => (_pointOf[cell], _cellOf[point]) = (point, cell);

    /// <summary>Value of the dual problem: for each point its cheapest cell at the cells' prices, less the prices.</summary>
    private double LowerBound()
    {
        double sum = 0;
        for (int i = 0; i < _x.Length; i++) sum += TwoCheapest(i).Least;
        for (int j = 0; j < _cells; j++) sum += _dual[j];
        return sum;
    }
}
