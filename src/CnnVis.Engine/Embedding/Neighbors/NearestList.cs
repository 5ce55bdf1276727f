using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Keeps the k smallest of a stream of scores. Candidates below the threshold are appended; when the list is full it is cut to the k best and the
/// threshold falls to the worst of them, so that nearly all of a long stream fails one comparison. Equal scores: the first seen stays.
/// Scores |x|² − 2·q·x of float32 are rounded, and all that is left of a small distance between large numbers may be rounding. So a list that knows its query (<see cref="Start(PointMatrix, PointMatrix, int)"/>) keeps whatever
/// may be among the k nearest, by a bound of the error, and computes the distances of what it kept again, by differences.
/// </summary>
internal sealed class NearestList(int size)
{
    private readonly float[] _scores = new float[(4 * size + 64) & -Vector512<float>.Count];
    private readonly int[] _indices = new int[(4 * size + 64) & -Vector512<float>.Count];
    private readonly double[] _distances = new double[(4 * size + 64) & -Vector512<float>.Count];
    private int _count, _query;
    private PointMatrix? _points, _queries;
    private double _norm, _rounding;

    /// <summary>What a candidate has to be below.</summary>
    public float Threshold { get; private set; } = float.PositiveInfinity;

    /// <summary>Begins with scores that are exact.</summary>
    public void Start() => (_count, Threshold, _points, _queries) = (0, float.PositiveInfinity, null, null);

    /// <summary>Begins with scores |x|² − 2·q·x that are float32 sums.</summary>
    public void Start(PointMatrix points, PointMatrix queries, int query)
    {
        (_count, Threshold, _points, _queries, _query) = (0, float.PositiveInfinity, points, queries, query);
        _norm = 0;
        foreach (float value in queries.Row(query)) _norm += (double)value * value;
        // A sum of d products is off by at most γ of the sum of their sizes; beyond some tens of them, √d instead of d with λ = 8 holds but for one in 10¹² (Higham and Mary 2019, theorem 2.4).
        _rounding = (Math.Min(points.Dimension, 8 * Math.Sqrt(points.Dimension)) + 3) * Math.ScaleB(1, -24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float score, int index)
    {
        if (score >= Threshold) return;
        _scores[_count] = score;
        _indices[_count++] = index;
        if (_count == _scores.Length) Cut();
    }

    /// <summary>Writes the k best, in order, and their scores, or squared distances where a query is known.</summary>
    public void Drain(Span<int> indices, Span<float> scores)
    {
        if (_points is not null) Refine();
        else
        {
            Cut();
            Sort();
        }
        _indices.AsSpan(0, size).CopyTo(indices);
        for (int i = 0; i < size; i++) scores[i] = _points is null ? _scores[i] : (float)_distances[i];
    }

    /// <summary>Keeps the k best and what rounding may have kept from being one, in the order they came.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Cut()
    {
        _scores.AsSpan(_count).Fill(float.PositiveInfinity);
        float worst = Worst(), limit = Limit(worst);
        int kept = 0, ties = limit > worst ? int.MaxValue : size;
        if (ties == size)
            foreach (float score in _scores.AsSpan(0, _count)) ties -= score < worst ? 1 : 0;
        for (int i = 0; i < _count; i++)
        {
            float score = _scores[i];
            _scores[kept] = score;
            _indices[kept] = _indices[i];
            if (score < limit || score == limit && ties-- > 0) kept++;
        }
        (_count, Threshold) = (kept, limit);
        if (kept > _scores.Length / 2) Refine();
    }

    /// <summary>What the score of one of the k nearest is at most, where the k-th smallest score is <paramref name="worst"/>.</summary>
    private float Limit(float worst)
    {
        if (_points is null || float.IsPositiveInfinity(worst)) return worst;
        // With |x| ≤ |q| + D a score is off by at most γ·(|x|² + 2·|q|·|x|) ≤ γ·(5·|q|² + 3·D²): once for the k-th, once for the candidate.
        double distance = Math.Max(0, worst + _norm);
        return MathF.BitIncrement((float)(worst + 2 * _rounding * (6 * _norm + 4 * distance)));
    }

    /// <summary>Computes distances by differences and keeps the k nearest, nearest first, equals by lowest index.</summary>
    private void Refine()
    {
        for (int i = 0; i < _count; i++) _distances[i] = SquaredDistance.Of(_queries!.Row(_query), _points!.Row(_indices[i]));
        Sort(_distances.AsSpan(0, _count), _indices.AsSpan(0, _count));
        _count = Math.Min(_count, size);
        for (int i = 0; i < _count; i++) _scores[i] = (float)(_distances[i] - _norm);
        if (_count == size) Threshold = Limit(_scores[size - 1]);
    }

    /// <summary>The k-th smallest score, by bisection over the order of floats: a count over all scores is quicker than moving them about.</summary>
    private float Worst()
    {
        int low = Ordered(float.NegativeInfinity), high = Ordered(Threshold);
        while (low < high)
        {
            int middle = (int)(((long)low + high) >> 1);
            if (CountUpTo(BitConverter.Int32BitsToSingle(Ordered(middle))) >= size) high = middle;
            else low = middle + 1;
        }
        return BitConverter.Int32BitsToSingle(Ordered(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountUpTo(float limit)
    {
        Vector512<float> limits = Vector512.Create(limit);
        ref float scores = ref MemoryMarshal.GetArrayDataReference(_scores);
        int count = 0;
        for (nuint i = 0; i < (nuint)_scores.Length; i += (nuint)Vector512<float>.Count)
            count += BitOperations.PopCount(Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref scores, i), limits).ExtractMostSignificantBits());
        return count;
    }

    private static int Ordered(float value) => Ordered(BitConverter.SingleToInt32Bits(value));

    /// <summary>Turns a float's bits into an integer of the same order, and back.</summary>
    private static int Ordered(int bits) => bits ^ (bits >> 31 & int.MaxValue);

    private void Sort() => Sort(_scores.AsSpan(0, _count), _indices.AsSpan(0, _count));

    /// <summary>By key, then index: the sort is made stable by its second key.</summary>
    private static void Sort<T>(Span<T> keys, Span<int> indices) where T : IEquatable<T>
    {
        keys.Sort(indices);
        SortEquals(keys, indices);
    }

    /// <summary>Sorts indices whose keys, in order, are equal.</summary>
    public static void SortEquals<T>(ReadOnlySpan<T> keys, Span<int> indices) where T : IEquatable<T>
    {
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end].Equals(keys[start])) end++;
            if (end - start > 1) indices[start..end].Sort();
            start = end;
        }
    }
}
