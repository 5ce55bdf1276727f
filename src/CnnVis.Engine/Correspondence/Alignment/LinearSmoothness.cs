namespace CnnVis.Engine.Correspondence.Alignment;

/// <summary>A difference costs α times its length, and at most d. The transform is one pass each way (Felzenszwalb and Huttenlocher, Efficient Belief Propagation for Early Vision, IJCV 2006, section 3.1).</summary>
/// <param name="weight">α, at least 0.</param>
/// <param name="limit">d.</param>
public sealed class LinearSmoothness(double weight, double limit) : ISmoothness
{
    /// <inheritdoc/>
    public double Cost(int difference) => Math.Min(weight * Math.Abs(difference), limit);

    /// <inheritdoc/>
    public void Transform(ReadOnlySpan<float> costs, int shift, Span<float> result)
    {
        int n = costs.Length;
        Span<float> lowest = stackalloc float[n];
        costs.CopyTo(lowest);
        float step = (float)weight, most = (float)(Least(costs) + limit);
        for (int i = 1; i < n; i++) lowest[i] = Math.Min(lowest[i], lowest[i - 1] + step);
        for (int i = n - 2; i >= 0; i--) lowest[i] = Math.Min(lowest[i], lowest[i + 1] + step);
        for (int j = 0; j < result.Length; j++)
        {
            int at = shift + j, inside = Math.Clamp(at, 0, n - 1);
            result[j] = Math.Min(most, lowest[inside] + step * Math.Abs(at - inside));
        }
    }

    /// <summary>The least of some costs.</summary>
    internal static float Least(ReadOnlySpan<float> costs)
    {
        float least = float.PositiveInfinity;
        foreach (float cost in costs) least = Math.Min(least, cost);
        return least;
    }
}
