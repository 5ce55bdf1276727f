namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// A way to say how well maps do. A new metric is one class with a constructor that takes <see cref="MetricOptions"/>; <see cref="SaliencyMetrics"/>
/// finds it by its name.
/// </summary>
public interface ISaliencyMetric
{
    /// <summary>As <c>-Metric</c> takes it.</summary>
    string Name => GetType().Name;

    /// <summary>Whether it needs to know where the objects are.</summary>
    bool NeedsBoxes => false;

    /// <summary>Whether its value is 1 for a hit and 0 for a miss.</summary>
    bool IsHit => false;

    /// <summary>Measures the maps of a batch. Leaves no tensor outside the caller's dispose scope, one of which has to be open; no inference mode may be.</summary>
    /// <param name="request">Network, pictures, maps.</param>
    /// <returns>For each picture its values.</returns>
    IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request);
}
