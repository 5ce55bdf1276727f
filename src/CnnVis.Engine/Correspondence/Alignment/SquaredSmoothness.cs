namespace CnnVis.Engine.Correspondence.Alignment;

/// <summary>
/// A difference costs β times its square. The transform is the lower envelope of parabolas (Felzenszwalb and Huttenlocher, Distance Transforms of Sampled Functions, Theory of Computing 2012, section 2,
/// <see href="https://doi.org/10.4086/toc.2012.v008a019"/>).
/// </summary>
/// <param name="weight">β, at least 0.</param>
public sealed class SquaredSmoothness(double weight) : ISmoothness
{
    /// <inheritdoc/>
    public double Cost(int difference) => weight * difference * difference;

    /// <inheritdoc/>
    public void Transform(ReadOnlySpan<float> costs, int shift, Span<float> result)
    {
        if (weight == 0)
        {
            result.Fill(LinearSmoothness.Least(costs));
            return;
        }
        Span<int> vertices = stackalloc int[costs.Length];
        Span<double> starts = stackalloc double[costs.Length]; // from where on each is the lowest
        int count = 0;
        for (int i = 0; i < costs.Length; i++)
        {
            if (float.IsPositiveInfinity(costs[i])) continue;
            double start = double.NegativeInfinity;
            while (count > 0 && (start = Crossing(costs, vertices[count - 1], i)) <= starts[count - 1]) count--;
            if (count == 0) start = double.NegativeInfinity;
            (vertices[count], starts[count]) = (i, start);
            count++;
        }
        if (count == 0)
        {
            result.Fill(float.PositiveInfinity);
            return;
        }
        for (int j = 0, k = 0; j < result.Length; j++)
        {
            int at = shift + j;
            while (k + 1 < count && starts[k + 1] < at) k++;
            result[j] = (float)(costs[vertices[k]] + Cost(at - vertices[k]));
        }
    }

    /// <summary>Where the later of two parabolas becomes the lower.</summary>
    private double Crossing(ReadOnlySpan<float> costs, int first, int second) =>
        ((costs[second] - (double)costs[first]) / weight + (double)second * second - (double)first * first) / (2.0 * (second - first));
}
