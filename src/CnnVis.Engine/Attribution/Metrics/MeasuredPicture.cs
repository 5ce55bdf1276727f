namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>What was measured of a picture.</summary>
/// <param name="Measures">Method by method, metric by metric.</param>
/// <param name="Problem">Why some or all of it could not be measured; null where it could.</param>
public sealed record MeasuredPicture(IReadOnlyList<SaliencyMeasure> Measures, CnnVisException? Problem);
