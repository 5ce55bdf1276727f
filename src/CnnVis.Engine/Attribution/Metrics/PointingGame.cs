using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Zhang et al. 2016, section 4.2: 1 where the map's maximum lies in a box of the class, or within the tolerance beside it, and 0 where it does not. Of equal
/// maxima the first by place counts. The paper's tolerance is 15 pixels on photos of about 500; here it is 0 unless another one is asked for.
/// </summary>
public sealed class PointingGame(MetricOptions options) : ISaliencyMetric
{
    /// <inheritdoc/>
    public bool NeedsBoxes => true;

    /// <inheritdoc/>
    public bool IsHit => true;

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request)
    {
        float[] heat = request.Heat.ToFloats();
        int width = (int)request.Heat.shape[2], plane = heat.Length / request.Count;
        return MetricValue.Each(request.Places, (places, i) =>
        {
            var (row, column) = Math.DivRem(heat.AsSpan(i * plane, plane).PlaceOfLargest(), width);
            return places.Distance(column, row) <= options.Tolerance ? 1.0 : 0;
        });
    }
}
