namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>What a metric says of a map.</summary>
/// <param name="Value">The measure.</param>
public sealed record MetricValue(double Value)
{
    /// <summary>Which number it is, of a metric that has several.</summary>
    public string? Statistic { get; init; }

    /// <summary>Alias of the layer that it belongs to.</summary>
    public string? Layer { get; init; }

    /// <summary>The curve of which it is the area.</summary>
    public SaliencyCurvePoint[] Points { get; init; } = [];

    /// <summary>One value for each picture, as metrics give them.</summary>
    internal static IReadOnlyList<IReadOnlyList<MetricValue>> Each(IEnumerable<double> values) => [.. values.Select(v => (IReadOnlyList<MetricValue>)[new MetricValue(v)])];

    /// <summary>One value for each picture whose objects are known, none for the others.</summary>
    internal static IReadOnlyList<IReadOnlyList<MetricValue>> Each(IReadOnlyList<ObjectPlaces> places, Func<ObjectPlaces, int, double> measure) =>
        [.. places.Select((p, i) => p.Boxes.Count > 0 ? (IReadOnlyList<MetricValue>)[new MetricValue(measure(p, i))] : [])];
}
