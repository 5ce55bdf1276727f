using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Means with 95 % confidence intervals, picture by picture: for hits Wilson's (1927) score interval, for other metrics mean ± 1.96 s / √n. Values that are not
/// defined are left out.
/// </summary>
/// <param name="hits">Names of the metrics whose values are hits.</param>
public sealed class MeasureSummaries(IReadOnlySet<string> hits)
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<(string, string, string, string?, string?), Group> _byKey = [];

    /// <summary>Takes a measure in.</summary>
    public void Add(SaliencyMeasure measure)
    {
        var key = (measure.Model, measure.Method, measure.Metric, measure.Layer, measure.Statistic);
        if (!_byKey.TryGetValue(key, out Group? group)) _groups.Add(_byKey[key] = group = new Group(measure));
        if (!double.IsFinite(measure.Value)) return;
        // Welford 1962.
        group.Count++;
        double change = measure.Value - group.Mean;
        group.Mean += change / group.Count;
        group.Squares += change * (measure.Value - group.Mean);
    }

    /// <summary>The summaries so far, in the order in which they came up.</summary>
    public SaliencyMeasureSummary[] Summarize() => [.. _groups.Select(g =>
    {
        var (lower, upper) = g.Count == 0 ? (double.NaN, double.NaN) : hits.Contains(g.First.Metric) ? BinomialBound.Wilson(g.Mean, g.Count) : Normal(g);
        return new SaliencyMeasureSummary
        {
            Origin = g.First.Origin is { } origin ? origin with { Picture = null } : null,
            Model = g.First.Model,
            Method = g.First.Method,
            Metric = g.First.Metric,
            Statistic = g.First.Statistic,
            Layer = g.First.Layer,
            Count = g.Count,
            Mean = g.Count == 0 ? double.NaN : g.Mean,
            Lower = lower,
            Upper = upper,
        };
    })];

    private static (double Lower, double Upper) Normal(Group group)
    {
        double reach = group.Count > 1 ? BinomialBound.Z95 * Math.Sqrt(group.Squares / (group.Count - 1) / group.Count) : double.NaN;
        return (group.Mean - reach, group.Mean + reach);
    }

    private sealed class Group(SaliencyMeasure first)
    {
        public SaliencyMeasure First => first;

        public int Count { get; set; }

        public double Mean { get; set; }

        public double Squares { get; set; }
    }
}
