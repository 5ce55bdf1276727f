using System.Runtime.CompilerServices;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>
/// Keeps the k smallest of a stream of scores. Candidates below the threshold are appended; when the list is full it is cut to the k best and the
/// threshold falls to the worst of them, so that nearly all of a long stream fails one comparison. Equal scores: the first seen stays.
/// </summary>
internal sealed class NearestList(int size)
{
    private readonly float[] _scores = new float[4 * size + 64];
    private readonly int[] _indices = new int[4 * size + 64];
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
        Sort();
        _indices.AsSpan(0, size).CopyTo(indices);
        for (int i = 0; i < size; i++) scores[i] = (float)Math.Max(0, _scores[i] + offset);
    }

    private void Cut()
    {
        Sort();
        _count = Math.Min(_count, size);
        Threshold = _scores[_count - 1];
    }

    /// <summary>By score, then index: candidates come in the order of their index, and the sort below is made stable by its second key.</summary>
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
