using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Corruptions;

/// <summary>What was found of a picture under corruption, as data.</summary>
/// <param name="Own">What the network says; null where the picture is left out.</param>
/// <param name="Baseline">What the network says whose errors count as 1; null likewise, and where there is none.</param>
/// <param name="Problem">Why it is left out.</param>
public sealed record FoundCorruptions(CorruptedAnswers? Own, CorruptedAnswers? Baseline, ScanError? Problem)
{
    /// <summary>How files call them.</summary>
    public static PictureKind<FoundCorruptions> Kind { get; } = new("CorruptionAnswers", Results);

    private static IEnumerable<object> Results(ScanMerge merged, IEnumerable<(ListedImage Image, FoundCorruptions Value)> pictures, Origin? origin, Action<CnnVisException> failed)
    {
        CorruptionContext context = merged.Question.ContextAs<CorruptionContext>();
        CorruptionTally own = new(context.Own, origin), baseline = new(context.Baseline ?? context.Own, null);
        foreach (var (image, value) in pictures)
        {
            if (value.Problem is { } problem) failed(problem.About(image.Path));
            own.Add(value.Own);
            baseline.Add(value.Baseline);
        }
        return context.Results(own.Measures, baseline.Measures);
    }
}

/// <summary>What a network says of a corrupted picture.</summary>
/// <param name="Clean">Whether it is right about the picture as it is.</param>
/// <param name="Answers">For each corruption, and severity of it, 1 where it is right and 0 where not.</param>
public sealed record CorruptedAnswers(bool Clean, string Answers)
{
    internal const char Right = '1', Wrong = '0';
}

/// <summary>What is counted of a network.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Corruptions">The corruptions.</param>
/// <param name="Families">Their families.</param>
/// <param name="Severities">The severities.</param>
public sealed record CorruptionCounted(string Model, string[] Corruptions, string[] Families, int[] Severities);

/// <summary>What makes a summary of counts.</summary>
/// <param name="Own">What is counted of the network.</param>
/// <param name="Baseline">What is counted of the one whose errors count as 1; null where there is none.</param>
/// <param name="IsAlexNet">Whether AlexNet's published errors count as 1.</param>
/// <param name="Size">The authors' size whose parameters were used.</param>
/// <param name="JpegQuality">Quality with which pictures were written in between; null for not.</param>
public sealed record CorruptionContext(CorruptionCounted Own, CorruptionCounted? Baseline, bool IsAlexNet, int Size, int? JpegQuality)
{
    /// <summary>What a cmdlet gives; nothing where no picture counts.</summary>
    public IReadOnlyList<object> Results(IReadOnlyList<CorruptionMeasure> own, IReadOnlyList<CorruptionMeasure> baseline) => own.Count == 0 ? []
        : [CorruptionSummaries.Of(own, Baseline is not null ? CorruptionSummaries.Baseline(baseline) : IsAlexNet ? AlexNetErrors.Baseline : null, Size, JpegQuality)];
}
