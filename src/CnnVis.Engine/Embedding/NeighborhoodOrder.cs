namespace CnnVis.Engine.Embedding;

/// <summary>An order in which neighbours are near each other: the leaves of a k-d tree (Bentley 1975) from left to right.</summary>
internal static class NeighborhoodOrder
{
    private const int LeafSize = 64, ParallelSize = 4096;

    /// <summary>Halves the points at the median of their widest axis, again and again.</summary>
    /// <returns>Each point's index once.</returns>
    public static int[] Of(PointMatrix points)
    {
        int[] order = [.. Enumerable.Range(0, points.Count)];
        Split(points, order.AsMemory());
        return order;
    }

    private static void Split(PointMatrix points, Memory<int> members)
    {
        if (members.Length <= LeafSize) return;
        int axis = WidestAxis(points, members.Span);
        float[] along = new float[members.Length];
        for (int i = 0; i < along.Length; i++) along[i] = points.Row(members.Span[i])[axis];
        along.AsSpan().Sort(members.Span);
        Memory<int> left = members[..(members.Length / 2)], right = members[(members.Length / 2)..];
        if (members.Length > ParallelSize) Parallel.Invoke(() => Split(points, left), () => Split(points, right));
        else
        {
            Split(points, left);
            Split(points, right);
        }
    }

    private static int WidestAxis(PointMatrix points, ReadOnlySpan<int> members)
    {
        double[] sums = new double[points.Dimension], squares = new double[points.Dimension];
        foreach (int member in members)
        {
            ReadOnlySpan<float> row = points.Row(member);
            for (int c = 0; c < row.Length; c++)
            {
                sums[c] += row[c];
                squares[c] += (double)row[c] * row[c];
            }
        }
        int widest = 0;
        for (int c = 1; c < sums.Length; c++)
            if (Spread(c, members.Length) > Spread(widest, members.Length)) widest = c;
        return widest;

        double Spread(int c, int count) => squares[c] - sums[c] * sums[c] / count;
    }
}
