using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>What was measured of a picture's maps, as data.</summary>
/// <param name="Measures">The measures.</param>
/// <param name="Problem">Why some are missing; null where none is.</param>
public sealed record FoundMeasures(FoundMeasure[] Measures, ScanError? Problem)
{
    /// <summary>How files call them.</summary>
    public static PictureKind<FoundMeasures> Kind { get; } = new("SaliencyMeasures", (merged, pictures, origin, failed) => Results(merged.Question, pictures, origin, failed));

    /// <summary>Measures as data.</summary>
    public static FoundMeasures Of(MeasuredPicture picture) => new([.. picture.Measures.Select(m => new FoundMeasure(m.Method, m.Metric, m.Target.ClassIndex, m.Target.Class, m.Statistic, m.Layer, m.Value, [.. m.Points.Select(p => new[] { p.Share, p.Score })]))], ScanError.Of(picture.Problem));

    /// <summary>Data as measures.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="model">The network's name.</param>
    /// <param name="origin">The network; null where it is not here.</param>
    public IEnumerable<SaliencyMeasure> ToMeasures(ListedImage image, string model, Origin? origin) => Measures.Select(m => new SaliencyMeasure
    {
        Origin = image.OriginOf(origin),
        Path = image.Path,
        Model = model,
        Method = m.Method,
        Metric = m.Metric,
        Target = new SaliencyTarget(m.ClassIndex, m.Class),
        Statistic = m.Statistic,
        Layer = m.Layer,
        Value = m.Value,
        Points = [.. m.Points.Select(p => new SaliencyCurvePoint(p[0], p[1]))],
    });

    private static IEnumerable<object> Results(ScanQuestion question, IEnumerable<(ListedImage Image, FoundMeasures Value)> pictures, Origin? origin, Action<CnnVisException> failed)
    {
        MetricContext context = question.ContextAs<MetricContext>();
        MeasureSummaries? summaries = context.IsSummary ? new MeasureSummaries(context.Hits.ToHashSet(StringComparer.Ordinal)) : null;
        foreach (var (image, value) in pictures)
        {
            if (value.Problem is { } problem) failed(problem.About(image.Path));
            foreach (SaliencyMeasure measure in value.ToMeasures(image, question.Model, origin))
            {
                if (summaries is null) yield return measure;
                else summaries.Add(measure);
            }
        }
        if (summaries is null) yield break;
        foreach (SaliencyMeasureSummary summary in summaries.Summarize()) yield return summary;
    }
}

/// <summary>A measure, as data.</summary>
public sealed record FoundMeasure(string Method, string Metric, int? ClassIndex, string? Class, string? Statistic, string? Layer, double Value, double[][] Points);

/// <summary>What measures become.</summary>
/// <param name="IsSummary">Whether means are given instead of pictures.</param>
/// <param name="Hits">Metrics whose values are hits.</param>
public sealed record MetricContext(bool IsSummary, string[] Hits);
