namespace CnnVis.Engine.Correspondence.Alignment;

/// <summary>
/// Looks for the least energy of a grid of units by min-sum belief propagation: messages go along rows and columns, forth and back (Szeliski et al., A Comparative Study of Energy Minimization Methods for Markov Random Fields, PAMI 2008, BP-S),
/// each by two passes of distance transforms, in time linear in the number of ways. On a single row or column one iteration is exact; on grids the best choice met is kept, and each unit is then given its best way as long as that helps.
/// </summary>
public sealed class BeliefPropagation
{
    private const int Left = 0, Right = 1, Up = 2, Down = 3, Patience = 4;

    private readonly LabelGrid _grid;
    private readonly ISmoothness _smoothness;
    private readonly float[][] _messages = new float[4][]; // by the side that they come from: [units, window]
    private readonly float[] _sum, _half, _column, _columnResult;

    /// <param name="grid">The units, their ways and costs.</param>
    /// <param name="smoothness">What neighbours cost each other.</param>
    public BeliefPropagation(LabelGrid grid, ISmoothness smoothness)
    {
        (_grid, _smoothness) = (grid, smoothness);
        for (int i = 0; i < 4; i++) _messages[i] = new float[grid.Costs.Length];
        (_sum, _half) = (new float[grid.Window], new float[grid.Window]);
        (_column, _columnResult) = (new float[grid.WindowRows], new float[grid.WindowRows]);
    }

    /// <summary>By unit the way of the best choice found.</summary>
    /// <param name="iterations">Most iterations; it ends before when four have found nothing better.</param>
    /// <param name="cancellation">Ends it between two units.</param>
    public int[] Solve(int iterations, CancellationToken cancellation = default)
    {
        int[] best = Beliefs();
        double least = Energy(best);
        for (int i = 0, since = 0; i < iterations && since < Patience; i++)
        {
            Sweep(cancellation);
            int[] labels = Beliefs();
            double energy = Energy(labels);
            since++;
            if (energy < least) (best, least, since) = (labels, energy, 0);
        }
        while (Improve(best)) cancellation.ThrowIfCancellationRequested();
        return best;
    }

    /// <summary>The energy of a choice.</summary>
    public double Energy(ReadOnlySpan<int> labels) => _grid.DataEnergy(labels) + _grid.DeformationEnergy(labels, _smoothness);

    private void Sweep(CancellationToken cancellation)
    {
        int columns = _grid.Columns, units = _grid.First.Length;
        for (int unit = 0; unit < units; unit++)
        {
            if (unit % columns == 0) cancellation.ThrowIfCancellationRequested();
            if (unit % columns < columns - 1) Send(unit, unit + 1, Right, Left);
            if (unit + columns < units) Send(unit, unit + columns, Down, Up);
        }
        for (int unit = units - 1; unit >= 0; unit--)
        {
            if (unit % columns == 0) cancellation.ThrowIfCancellationRequested();
            if (unit % columns > 0) Send(unit, unit - 1, Left, Right);
            if (unit >= columns) Send(unit, unit - columns, Up, Down);
        }
    }

    /// <summary>Tells a neighbour what each of its ways costs at least here: everything heard, but not from there.</summary>
    private void Send(int from, int to, int towards, int side)
    {
        Sum(from, towards);
        int rows = _grid.WindowRows, columns = _grid.WindowColumns;
        int rowShift = _grid.First[to].Row - _grid.First[from].Row, columnShift = _grid.First[to].Column - _grid.First[from].Column;
        for (int r = 0; r < rows; r++) _smoothness.Transform(_sum.AsSpan(r * columns, columns), columnShift, _half.AsSpan(r * columns, columns));
        Span<float> message = _messages[side].AsSpan(to * _grid.Window, _grid.Window);
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < rows; r++) _column[r] = _half[r * columns + c];
            _smoothness.Transform(_column, rowShift, _columnResult);
            for (int r = 0; r < rows; r++) message[r * columns + c] = _columnResult[r];
        }
        float least = LinearSmoothness.Least(message);
        foreach (ref float value in message) value -= least; // only differences count
    }

    private void Sum(int unit, int without)
    {
        int window = _grid.Window;
        _grid.Costs.AsSpan(unit * window, window).CopyTo(_sum);
        for (int side = 0; side < 4; side++)
        {
            if (side == without) continue;
            ReadOnlySpan<float> message = _messages[side].AsSpan(unit * window, window);
            for (int i = 0; i < window; i++) _sum[i] += message[i];
        }
    }

    private int[] Beliefs()
    {
        int[] labels = new int[_grid.First.Length];
        for (int unit = 0; unit < labels.Length; unit++)
        {
            Sum(unit, without: -1);
            for (int i = 1; i < _sum.Length; i++)
                if (_sum[i] < _sum[labels[unit]]) labels[unit] = i;
        }
        return labels;
    }

    /// <summary>Gives each unit the way that is best beside its neighbours' (iterated conditional modes, Besag 1986).</summary>
    private bool Improve(int[] labels)
    {
        bool any = false;
        int columns = _grid.Columns;
        for (int unit = 0; unit < labels.Length; unit++)
        {
            int best = labels[unit];
            double least = Local(unit, best) - 1e-9;
            for (int label = 0; label < _grid.Window; label++)
                if (Local(unit, label) is var cost && cost < least) (best, least) = (label, cost);
            any |= best != labels[unit];
            labels[unit] = best;
        }
        return any;

        double Local(int unit, int label)
        {
            double cost = _grid.Costs[unit * _grid.Window + label];
            if (unit % columns > 0) cost += _grid.Between(_smoothness, unit - 1, labels[unit - 1], unit, label);
            if (unit % columns < columns - 1) cost += _grid.Between(_smoothness, unit, label, unit + 1, labels[unit + 1]);
            if (unit >= columns) cost += _grid.Between(_smoothness, unit - columns, labels[unit - columns], unit, label);
            if (unit + columns < labels.Length) cost += _grid.Between(_smoothness, unit, label, unit + columns, labels[unit + columns]);
            return cost;
        }
    }
}
