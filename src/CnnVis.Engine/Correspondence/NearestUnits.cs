using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Correspondence;

/// <summary>The nearest unit of one picture for units of another, exactly: all pairs by blocked products; of equals the lowest.</summary>
public sealed class NearestUnits
{
    private const int MostScores = 1 << 22;

    private NearestUnits(int sources, int targets)
    {
        (Best, Second) = (new int[sources], new int[sources]);
        Back = new int[targets];
        Array.Fill(Second, -1);
    }

    /// <summary>By unit of the first picture that was asked for, the nearest of the second.</summary>
    public int[] Best { get; }

    /// <summary>The nearest that is neither that one nor one of the eight round it; −1 where there is none.</summary>
    public int[] Second { get; }

    /// <summary>By unit of the second picture, the nearest of those of the first that were asked for.</summary>
    public int[] Back { get; }

    /// <summary>Finds them.</summary>
    /// <param name="source">The first picture.</param>
    /// <param name="target">The second.</param>
    /// <param name="units">Units of the first; all of them if left out.</param>
    /// <param name="cancellation">Ends it between two blocks.</param>
    public static NearestUnits Find(FeatureGrid source, FeatureGrid target, int[]? units = null, CancellationToken cancellation = default)
    {
        int count = units?.Length ?? source.Grid.Count, targets = target.Grid.Count, block = Math.Clamp(MostScores / targets, 1, count);
        var found = new NearestUnits(count, targets);
        float[] targetSquares = Squares(target), sourceSquares = Squares(source), nearest = new float[targets];
        Array.Fill(nearest, float.PositiveInfinity);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor all = tensor(source.Values).reshape(source.Grid.Count, source.Dimension), others = tensor(target.Values).reshape(targets, target.Dimension).t();
        if (units is not null) all = all.index_select(0, tensor(units, dtype: ScalarType.Int64));
        for (int first = 0; first < count; first += block)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            int rows = Math.Min(block, count - first);
            ReadOnlySpan<float> products = MemoryMarshal.Cast<byte, float>(all.narrow(0, first, rows).mm(others).contiguous().bytes); // [rows, targets]
            for (int r = 0; r < rows; r++)
            {
                int unit = first + r;
                ReadOnlySpan<float> row = products.Slice(r * targets, targets);
                float own = sourceSquares[units?[unit] ?? unit];
                found.Best[unit] = Smallest(row, targetSquares, own, nearest, found.Back, unit);
                found.Second[unit] = SmallestApart(row, targetSquares, target.Grid, found.Best[unit]);
            }
        }
        return found;
    }

    /// <summary>The nearest of a row, which also replaces what was nearest to each column.</summary>
    private static int Smallest(ReadOnlySpan<float> products, float[] squares, float own, float[] nearest, int[] back, int unit)
    {
        int best = 0;
        float least = float.PositiveInfinity;
        for (int i = 0; i < products.Length; i++)
        {
            float distance = squares[i] - 2 * products[i];
            if (distance < least) (best, least) = (i, distance);
            if (distance + own < nearest[i]) (nearest[i], back[i]) = (distance + own, unit);
        }
        return best;
    }

    private static int SmallestApart(ReadOnlySpan<float> products, float[] squares, UnitGrid grid, int best)
    {
        int second = -1, row = best / grid.Columns, column = best % grid.Columns;
        float least = float.PositiveInfinity;
        for (int y = 0, i = 0; y < grid.Rows; y++)
        {
            bool near = Math.Abs(y - row) <= 1;
            for (int x = 0; x < grid.Columns; x++, i++)
            {
                if (near && Math.Abs(x - column) <= 1) continue;
                float distance = squares[i] - 2 * products[i];
                if (distance < least) (second, least) = (i, distance);
            }
        }
        return second;
    }

    private static float[] Squares(FeatureGrid features)
    {
        float[] squares = new float[features.Grid.Count];
        for (int i = 0; i < squares.Length; i++)
        {
            double sum = 0;
            foreach (float value in features[i]) sum += (double)value * value;
            squares[i] = (float)sum;
        }
        return squares;
    }
}
