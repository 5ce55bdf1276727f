using System.Numerics;

namespace CnnVis.Engine.Correspondence.Alignment;

/// <summary>
/// The smooth displacement of a picture's units that brings them to the most similar ones of another: the least energy of <see cref="AlignmentSmoothness"/>. Grids of more than 32 units a side are solved at half the
/// resolution first (means of 2 × 2 units), and then within 2 units round that, as SIFT flow does; an energy's weights mean the same at all resolutions.
/// </summary>
/// <param name="Matches">By unit of the first picture, the unit of the second.</param>
/// <param name="DataEnergy">What the features' differences cost.</param>
/// <param name="DeformationEnergy">What neighbours' differences cost.</param>
public sealed record FeatureAlignment(int[] Matches, double DataEnergy, double DeformationEnergy)
{
    private const int MostUnits = 32, Refinement = 2;

    /// <summary>Aligns two pictures.</summary>
    /// <param name="source">The first.</param>
    /// <param name="target">The second.</param>
    /// <param name="options">The energy.</param>
    /// <param name="cancellation">Ends it between two units.</param>
    public static FeatureAlignment Of(FeatureGrid source, FeatureGrid target, AlignmentOptions options, CancellationToken cancellation = default)
    {
        int side = Math.Max(Math.Max(source.Grid.Rows, source.Grid.Columns), Math.Max(target.Grid.Rows, target.Grid.Columns));
        int window = options.Window ?? side / 2;
        LabelGrid labels;
        if (side <= MostUnits || window <= Refinement) labels = Labels(source, target, options, window, (_, _) => (0, 0), cancellation);
        else
        {
            FeatureGrid half = Halved(source), halfTarget = Halved(target);
            FeatureAlignment coarse = Of(half, halfTarget, options with { Window = (window + 1) / 2 }, cancellation);
            labels = Labels(source, target, options, Refinement, (row, column) =>
            {
                int unit = row / 2 * half.Grid.Columns + column / 2, match = coarse.Matches[unit];
                return (2 * (match / halfTarget.Grid.Columns - row / 2), 2 * (match % halfTarget.Grid.Columns - column / 2));
            }, cancellation);
        }
        ISmoothness smoothness = options.Smoothness == AlignmentSmoothness.SquaredL2 ? new SquaredSmoothness(options.WeightInUse) : new LinearSmoothness(options.WeightInUse, options.WeightInUse * options.Truncation);
        int[] chosen = new BeliefPropagation(labels, smoothness).Solve(options.Iterations, cancellation);
        int[] matches = new int[chosen.Length];
        for (int unit = 0; unit < matches.Length; unit++)
        {
            var (row, column) = labels.Displacement(unit, chosen[unit]);
            matches[unit] = (unit / source.Grid.Columns + row) * target.Grid.Columns + unit % source.Grid.Columns + column;
        }
        return new FeatureAlignment(matches, labels.DataEnergy(chosen), labels.DeformationEnergy(chosen, smoothness));
    }

    /// <summary>The ways of every unit within a window round a centre, which is brought into the target.</summary>
    private static LabelGrid Labels(FeatureGrid source, FeatureGrid target, AlignmentOptions options, int window, Func<int, int, (int Row, int Column)> centre, CancellationToken cancellation)
    {
        UnitGrid grid = source.Grid, other = target.Grid;
        int side = 2 * window + 1;
        float[] costs = new float[checked(grid.Count * side * side)];
        Array.Fill(costs, float.PositiveInfinity);
        var first = new (int Row, int Column)[grid.Count];
        bool linear = options.Smoothness == AlignmentSmoothness.TruncatedL1;
        double own = linear ? options.WeightInUse * options.SmallDisplacement : 0;
        Parallel.For(0, grid.Count, new ParallelOptions { CancellationToken = cancellation }, unit =>
        {
            int row = unit / grid.Columns, column = unit % grid.Columns;
            var (middleRow, middleColumn) = centre(row, column);
            first[unit] = (Math.Clamp(row + middleRow, 0, other.Rows - 1) - row - window, Math.Clamp(column + middleColumn, 0, other.Columns - 1) - column - window);
            for (int r = 0; r < side; r++)
            {
                int toRow = row + first[unit].Row + r;
                if (toRow < 0 || toRow >= other.Rows) continue;
                for (int c = 0; c < side; c++)
                {
                    int toColumn = column + first[unit].Column + c;
                    if (toColumn < 0 || toColumn >= other.Columns) continue;
                    ReadOnlySpan<float> here = source[unit], there = target[toRow * other.Columns + toColumn];
                    double cost = linear ? L1(here, there) + own * (Math.Abs(toRow - row) + Math.Abs(toColumn - column)) : L2(here, there);
                    costs[(unit * side + r) * side + c] = (float)cost;
                }
            }
        });
        return new LabelGrid(grid.Rows, grid.Columns, side, side, first, costs);
    }

    /// <summary>A grid of half as many rows and columns: means of 2 × 2 units.</summary>
    private static FeatureGrid Halved(FeatureGrid features)
    {
        UnitGrid grid = features.Grid;
        int rows = (grid.Rows + 1) / 2, columns = (grid.Columns + 1) / 2, dimension = features.Dimension;
        float[] values = new float[rows * columns * dimension];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                Span<float> mean = values.AsSpan((row * columns + column) * dimension, dimension);
                int bottom = Math.Min(2 * row + 2, grid.Rows), right = Math.Min(2 * column + 2, grid.Columns), count = (bottom - 2 * row) * (right - 2 * column);
                for (int y = 2 * row; y < bottom; y++)
                    for (int x = 2 * column; x < right; x++)
                    {
                        ReadOnlySpan<float> from = features[y * grid.Columns + x];
                        for (int i = 0; i < dimension; i++) mean[i] += from[i] / count;
                    }
            }
        return new FeatureGrid(grid with { Rows = rows, Columns = columns, FirstX = grid.FirstX + grid.StrideX / 2, FirstY = grid.FirstY + grid.StrideY / 2, StrideX = 2 * grid.StrideX, StrideY = 2 * grid.StrideY }, values, features.Metric);
    }

    private static double L2(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> difference = new Vector<float>(a[i..]) - new Vector<float>(b[i..]);
            sums += difference * difference;
        }
        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static double L1(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count) sums += Vector.Abs(new Vector<float>(a[i..]) - new Vector<float>(b[i..]));
        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum;
    }
}
