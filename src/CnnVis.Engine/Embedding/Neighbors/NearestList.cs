using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Keeps the k smallest of a stream of scores. Candidates below the threshold are appended; when the list is full it is cut to the k best and the
/// threshold falls to the worst of them, so that nearly all of a long stream fails one comparison. Equal scores: the first seen stays.
/// </summary>
internal sealed class NearestList(int size)
{
    private readonly float[] _scores = new float[(4 * size + 64) & -Vector512<float>.Count];
    private readonly int[] _indices = new int[(4 * size + 64) & -Vector512<float>.Count];
    private int _count;

    /// <summary>What a candidate has to be below.</summary>
    public float Threshold { get; private set; } = float.PositiveInfinity;

    public void Clear() => (_count, Threshold) = (0, float.PositiveInfinity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float score, int index)
    {
        if (score >= Threshold) return;
        _scores[_count] = score;
        _indices[_count++] = index;
        if (_count == _scores.Length) Cut();
    }

    /// <summary>Writes the k best, in order; <paramref name="offset"/> is added to every score.</summary>
    public void Drain(double offset, Span<int> indices, Span<float> scores)
    {
        Cut();
        Sort();
        _indices.AsSpan(0, size).CopyTo(indices);
        for (int i = 0; i < size; i++) scores[i] = (float)Math.Max(0, _scores[i] + offset);
    }

    /// <summary>Keeps the k best, in the order they came.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Cut()
    {
        _scores.AsSpan(_count).Fill(float.PositiveInfinity);
        float worst = Worst();
        int kept = 0, ties = size;
        foreach (float score in _scores.AsSpan(0, _count)) ties -= score < worst ? 1 : 0;
        for (int i = 0; i < _count; i++)
        {
            float score = _scores[i];
            _scores[kept] = score;
            _indices[kept] = _indices[i];
            if (score < worst || score == worst && ties-- > 0) kept++;
        }
        (_count, Threshold) = (kept, worst);
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

    /// <summary>By score, then index: the sort is made stable by its second key.</summary>
    private void Sort()
    {
        Span<float> scores = _scores.AsSpan(0, _count);
        Span<int> indices = _indices.AsSpan(0, _count);
        scores.Sort(indices);
        for (int start = 0; start < scores.Length;)
        {
            int end = start + 1;
            while (end < scores.Length && scores[end] == scores[start]) end++;
            if (end - start > 1) indices[start..end].Sort();
            start = end;
        }
    }
}
