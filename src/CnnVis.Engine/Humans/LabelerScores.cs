using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Humans;

/// <summary>How well one labeler did, how that changed, and how long it took.</summary>
internal static class LabelerScores
{
    private const int Window = 50, TimeBins = 4;

    public static LabelerScore Of(Labeler labeler, Trials trials)
    {
        LabelerAnswer[] answers = [.. labeler.Order.Select(t => labeler.Answers[t]!)];
        double[] seconds = [.. answers.Select(a => a.Seconds).OfType<double>()];
        bool single = labeler.Kind is LabelerKind.Union or LabelerKind.Majority;
        return new LabelerScore
        {
            Origin = single ? null : answers.Select(a => a.Origin).FirstOrDefault(o => o is not null) is { } origin ? new Origin(origin.Model) : null,
            Labeler = labeler.Name,
            Kind = labeler.Kind,
            Count = answers.Length,
            Unanswered = single ? 0 : answers.Count(a => a.Answers.Count == 0),
            TrainingCount = labeler.TrainingCount,
            Top1 = single ? BinomialBound.Rate(labeler.Order.Count(t => labeler.Right[t] == true), answers.Length) : BinomialBound.Rate(labeler.Order.Count(t => trials.IsRight(t, labeler.Answers[t]!, 1)), answers.Length),
            Top5 = single || answers.All(a => a.Answers.Count <= 1) ? null : BinomialBound.Rate(labeler.Order.Count(t => trials.IsRight(t, labeler.Answers[t]!, 5)), answers.Length),
            MultiLabel = single ? null : MultiLabel(labeler, trials),
            MedianSeconds = seconds.Length == 0 ? null : Percentiles.Median(seconds),
            LearningCurve = single ? [] : Curve(labeler),
            Times = single ? [] : Times(labeler),
        };
    }

    private static RateEstimate? MultiLabel(Labeler labeler, Trials trials)
    {
        int[] known = [.. labeler.Order.Where(t => trials.Pictures[t].Acceptable.Count > 0)];
        return known.Length == 0 ? null : BinomialBound.Rate(known.Count(t => labeler.Answers[t]!.Answers is [var first, ..] && trials.Pictures[t].Acceptable.Any(a => trials.Vocabulary.Same(a, first))), known.Length);
    }

    private static LearningPoint[] Curve(Labeler labeler)
    {
        var points = new LearningPoint[labeler.Order.Count];
        int wrong = 0, recent = 0;
        for (int i = 0; i < points.Length; i++)
        {
            if (IsWrong(i)) (wrong, recent) = (wrong + 1, recent + 1);
            if (i >= Window && IsWrong(i - Window)) recent--;
            points[i] = new LearningPoint(i + 1, (double)wrong / (i + 1), (double)recent / Math.Min(i + 1, Window), labeler.Answers[labeler.Order[i]]!.Seconds);
        }
        return points;

        bool IsWrong(int place) => labeler.Right[labeler.Order[place]] != true;
    }

    private static TimeBin[] Times(Labeler labeler)
    {
        int[] timed = [.. labeler.Order.Where(t => labeler.Answers[t]!.Seconds is not null).OrderBy(t => labeler.Answers[t]!.Seconds)];
        int bins = Math.Min(TimeBins, timed.Length);
        return [.. Enumerable.Range(0, bins).Select(b => timed[(b * timed.Length / bins)..((b + 1) * timed.Length / bins)])
            .Select(bin => new TimeBin(labeler.Answers[bin[0]]!.Seconds!.Value, labeler.Answers[bin[^1]]!.Seconds!.Value, BinomialBound.Rate(bin.Count(t => labeler.Right[t] == true), bin.Length)))];
    }
}
