namespace CnnVis.Engine.Mapping.Assignment;

/// <summary>
/// Gives each point of a plane a cell of a grid of its own, so that the sum of squared distances is least: linear assignment, exactly up to
/// <see cref="ExactCells"/> cells, above that by an auction that stops where it has provably lost no more than <see cref="Auction.Tolerance"/>.
/// </summary>
public static class GridAssignment
{
    /// <summary>Grids of up to so many cells are solved exactly.</summary>
    public const int ExactCells = 4096;

    /// <summary>Assigns the points.</summary>
    /// <param name="x">Column coordinate of each point, in cells: the cell in column c has its centre at c + 0.5.</param>
    /// <param name="y">Row coordinate of each point.</param>
    /// <param name="columns">Columns of the grid.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="stop">Ends it with an exception.</param>
    /// <exception cref="ArgumentException">There are fewer cells than points, or a coordinate is not finite.</exception>
    public static CellAssignment Solve(double[] x, double[] y, int columns, int rows, CancellationToken stop = default)
    {
        Check(x, y, columns, rows);
        return (long)columns * rows <= ExactCells ? ShortestPaths.Solve(x, y, columns, rows, stop) : Auction.Solve(x, y, columns, rows, stop);
    }

    /// <summary>Sum of squared distances from points to the centres of their cells.</summary>
    internal static double Cost(double[] x, double[] y, int[] cells, int columns)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += Squared(x[i] - (cells[i] % columns + 0.5)) + Squared(y[i] - (cells[i] / columns + 0.5));
        return sum;
    }

    internal static double Squared(double value) => value * value;

    private static void Check(double[] x, double[] y, int columns, int rows)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} columns and {y.Length} rows are not the coordinates of points.", nameof(y));
        if ((long)columns * rows < x.Length) throw new ArgumentException($"{columns} × {rows} cells cannot hold {x.Length} points.", nameof(columns));
        if (!x.All(double.IsFinite) || !y.All(double.IsFinite)) throw new ArgumentException("Coordinates have to be finite.", nameof(x));
    }
}
