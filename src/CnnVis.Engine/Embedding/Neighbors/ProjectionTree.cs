namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>A random projection tree (Dasgupta and Freund 2008): points are halved along the line through two of them, again and again.</summary>
internal sealed class ProjectionTree
{
    private readonly PointMatrix _points;
    private readonly int _leafSize;

    /// <param name="points">What is divided.</param>
    /// <param name="leafSize">Most points of a leaf.</param>
    /// <param name="seed">Of the pairs of points.</param>
    public ProjectionTree(PointMatrix points, int leafSize, ulong seed)
    {
        (_points, _leafSize) = (points, leafSize);
        Leaves = Split([.. Enumerable.Range(0, points.Count)], seed);
    }

    /// <summary>The points of each leaf.</summary>
    public IReadOnlyList<int[]> Leaves { get; }

    private List<int[]> Split(int[] members, ulong seed)
    {
        if (members.Length <= _leafSize) return [members];
        int first = members[(int)(Mix(seed) % (ulong)members.Length)], second = members[(int)(Mix(seed + 1) % (ulong)members.Length)];
        float[] direction = new float[_points.Dimension], along = new float[members.Length];
        for (int c = 0; c < direction.Length; c++) direction[c] = _points.Row(first)[c] - _points.Row(second)[c];
        for (int i = 0; i < members.Length; i++)
        {
            ReadOnlySpan<float> row = _points.Row(members[i]);
            float sum = 0;
            for (int c = 0; c < row.Length; c++) sum += row[c] * direction[c];
            along[i] = sum;
        }
        // Equals by index: the halves have to be the same every time.
        int[] order = [.. Enumerable.Range(0, members.Length)];
        Array.Sort(order, (a, b) => along[a] != along[b] ? along[a].CompareTo(along[b]) : members[a].CompareTo(members[b]));
        int half = members.Length / 2;
        int[] low = [.. order[..half].Select(o => members[o])], high = [.. order[half..].Select(o => members[o])];
        List<int[]> left = [], right = [];
        Parallel.Invoke(() => left = Split(low, Mix(seed + 2)), () => right = Split(high, Mix(seed + 3)));
        left.AddRange(right);
        return left;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
}
