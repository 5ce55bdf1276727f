namespace CnnVis.Engine.Mapping;

/// <summary>For each cell of a raster the point that is nearest to its centre; of equally near ones the first.</summary>
internal static class NearestPoints
{
    /// <summary>Finds them.</summary>
    /// <param name="x">Column coordinate of each point, in cells.</param>
    /// <param name="y">Row coordinate of each point, in cells.</param>
    /// <param name="columns">Columns of the raster.</param>
    /// <param name="rows">Rows of the raster.</param>
    /// <param name="stop">Ends it with an exception.</param>
    /// <returns>The point of each cell, row by row.</returns>
    public static int[] Find(double[] x, double[] y, int columns, int rows, CancellationToken stop)
    {
        int[] nearest = new int[checked(columns * rows)];
        int[] order = [.. Enumerable.Range(0, x.Length).OrderBy(i => y[i]).ThenBy(i => i)]; // from the row of the cell outwards, until even the row is too far away
        double[] sorted = [.. order.Select(i => y[i])];
        Parallel.For(0, rows, new ParallelOptions { CancellationToken = stop }, row =>
        {
            double down = row + 0.5;
            int middle = Array.BinarySearch(sorted, down);
            if (middle < 0) middle = ~middle;
            for (int column = 0; column < columns; column++)
            {
                stop.ThrowIfCancellationRequested();
                var best = (Distance: double.PositiveInfinity, Point: int.MaxValue);
                for (int i = middle; i < sorted.Length && Squared(sorted[i] - down) <= best.Distance; i++) Look(i);
                for (int i = middle - 1; i >= 0 && Squared(sorted[i] - down) <= best.Distance; i--) Look(i);
                nearest[row * columns + column] = best.Point;

                void Look(int i)
                {
                    double distance = Squared(sorted[i] - down) + Squared(x[order[i]] - (column + 0.5));
                    if (distance < best.Distance || distance == best.Distance && order[i] < best.Point) best = (distance, order[i]);
                }
            }
        });
        return nearest;
    }

    private static double Squared(double value) => value * value;
}
