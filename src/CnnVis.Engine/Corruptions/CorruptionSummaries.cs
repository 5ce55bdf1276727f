namespace CnnVis.Engine.Corruptions;

/// <summary>Errors over severities and corruptions, as ImageNet-C counts them.</summary>
public static class CorruptionSummaries
{
    /// <param name="measures">Of one network, at least one.</param>
    /// <param name="baseline">Whose errors count as 1; null for nobody's.</param>
    /// <param name="size">The authors' size whose parameters were used: 224, 64 or 32.</param>
    /// <param name="jpegQuality">Quality with which pictures were written in between; null for not.</param>
    public static CorruptionRobustness Of(IReadOnlyList<CorruptionMeasure> measures, CorruptionBaseline? baseline, int size, int? jpegQuality)
    {
        RateEstimate clean = measures[0].CleanAccuracy;
        CorruptionSummary[] all = [.. measures.GroupBy(m => m.Corruption).Select(g => Summary([.. g], clean, baseline))];
        CorruptionSummary[] counted = all.Any(c => c.Family != "Extra") ? [.. all.Where(c => c.Family != "Extra")] : all;
        return new CorruptionRobustness
        {
            Origin = measures[0].Origin,
            Model = measures[0].Model,
            Parameters = size switch { 224 => "ImageNet-C", 64 => "Tiny-ImageNet-C", _ => "CIFAR-10-C" },
            CleanAccuracy = clean,
            Measures = measures.ToArray(),
            Corruptions = all,
            MeanError = counted.Average(c => c.Error),
            MeanRetention = counted.Average(c => c.Retention),
            MeanCorruptionError = Mean(counted, c => c.CorruptionError),
            RelativeMeanCorruptionError = Mean(counted, c => c.RelativeCorruptionError),
            Baseline = baseline?.Name,
            Notes = [.. Notes(counted, measures, size, jpegQuality)],
        };
    }

    /// <summary>mCE in percent from mean errors by corruption: the mean of the errors by those of the baseline.</summary>
    public static double MeanCorruptionError(IReadOnlyDictionary<string, double> errors, CorruptionBaseline baseline) => 100 * errors.Average(e => e.Value / baseline.Errors[e.Key]);

    /// <summary>A network's own errors as those that count as 1.</summary>
    /// <param name="measures">Of one network, at least one.</param>
    public static CorruptionBaseline Baseline(IReadOnlyList<CorruptionMeasure> measures) => new(measures[0].Model, 1 - measures[0].CleanAccuracy.Share,
        measures.GroupBy(m => m.Corruption).ToDictionary(g => g.Key, g => g.Average(m => 1 - m.Accuracy.Share), StringComparer.OrdinalIgnoreCase));

    /// <summary>The authors' size whose parameters pictures take: 224, 64 or 32.</summary>
    public static int Size(CnnInput input) => new CorruptionLevel(1, Math.Min(input.Width, input.Height)).Size;

    private static double? Mean(CorruptionSummary[] summaries, Func<CorruptionSummary, double?> value) =>
        summaries.All(s => value(s) is { } v && double.IsFinite(v)) ? 100 * summaries.Average(s => value(s)!.Value) : null;

    private static CorruptionSummary Summary(CorruptionMeasure[] measures, RateEstimate clean, CorruptionBaseline? baseline)
    {
        double error = measures.Average(m => 1 - m.Accuracy.Share);
        double? theirs = baseline is not null && baseline.Errors.TryGetValue(measures[0].Corruption, out double e) ? e : null;
        return new CorruptionSummary
        {
            Origin = measures[0].Origin,
            Model = measures[0].Model,
            Corruption = measures[0].Corruption,
            Family = measures[0].Family,
            Error = error,
            Retention = (1 - error) / clean.Share,
            CorruptionError = error / theirs,
            RelativeCorruptionError = (error - (1 - clean.Share)) / (theirs - baseline?.Clean),
        };
    }

    private static IEnumerable<string> Notes(CorruptionSummary[] counted, IReadOnlyList<CorruptionMeasure> measures, int size, int? jpegQuality)
    {
        yield return $"Means are over {counted.Length} corruptions and severities {string.Join(", ", measures.Select(m => m.Severity).Distinct().Order())}, by the parameters for {size} pixels.";
        if (size == 64) yield return "Tiny-ImageNet-C itself is made of other pictures (crops of ImageNet's full-size photos), and these numbers are not to be compared with those of that download.";
        if (counted.Any(c => c.Corruption == "Frost")) yield return "Frost is drawn, not cut out of the authors' photos.";
        yield return jpegQuality is { } quality ? $"Pictures were written as JPEG of quality {quality} in between; the published ones with 85." : "Pictures were not written as JPEG in between, as the published ones were with quality 85 (-JpegQuality 85).";
    }
}
