using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Accuracy;

/// <summary>Judges labels that may hold together, each over all pictures.</summary>
internal static class LabelSummary
{
    private const float Said = 0.5f;

    /// <summary>Adds it to what is counted of any network.</summary>
    public static MultiLabelAccuracy Of(CnnAccuracy accuracy, AccuracyRecord record)
    {
        IReadOnlyList<JudgedLabels> judged = record.Judged;
        LabelRanking[] rankings = [.. Enumerable.Range(0, record.Classes.Count).Select(c => new LabelRanking(
            [.. judged.Select(j => j.Probabilities[c])], [.. judged.Select(j => Array.IndexOf(j.Shown, c) >= 0)]))];
        LabelAccuracy[] labels = [.. rankings.Select((r, c) => Label(c, record.Classes[c], r))];
        int right = rankings.Sum(r => r.RightCount(Said)), said = labels.Sum(l => l.PredictedCount), shown = labels.Sum(l => l.Count);
        double[] f1 = [.. labels.Select(l => l.F1).Where(double.IsFinite)];
        var (lower, upper) = Interval(rankings, judged.Count);
        return new MultiLabelAccuracy(accuracy)
        {
            JudgedCount = judged.Count,
            MeanAveragePrecision = Mean(rankings, null),
            MeanAveragePrecisionLower = lower,
            MeanAveragePrecisionUpper = upper,
            ExactMatch = BinomialBound.Rate(judged.Count(j => Enumerable.Range(0, j.Probabilities.Length).All(c => j.Probabilities[c] >= Said == Array.IndexOf(j.Shown, c) >= 0)), judged.Count),
            MicroF1 = said + shown == 0 ? double.NaN : 2.0 * right / (said + shown),
            MacroF1 = f1.Length == 0 ? double.NaN : f1.Average(),
            Labels = labels,
        };
    }

    private static LabelAccuracy Label(int index, string name, LabelRanking ranking)
    {
        int right = ranking.RightCount(Said), said = ranking.SaidCount(Said), shown = ranking.ShownCount;
        return new LabelAccuracy
        {
            Index = index,
            Name = name,
            Count = shown,
            AveragePrecision = ranking.AveragePrecision(null),
            PredictedCount = said,
            Precision = said == 0 ? double.NaN : (double)right / said,
            Recall = shown == 0 ? double.NaN : (double)right / shown,
            F1 = said + shown == 0 ? double.NaN : 2.0 * right / (said + shown),
        };
    }

    /// <summary>Of labels that a picture has.</summary>
    private static double Mean(LabelRanking[] rankings, int[]? weights)
    {
        double sum = 0;
        int count = 0;
        foreach (LabelRanking ranking in rankings)
        {
            double precision = ranking.AveragePrecision(weights);
            if (double.IsNaN(precision)) continue;
            sum += precision;
            count++;
        }
        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>95 % percentile interval of the mean, pictures drawn again with replacement; fewer draws where there are many numbers.</summary>
    private static (double Low, double High) Interval(LabelRanking[] rankings, int pictures)
    {
        if (pictures < 2) return (double.NaN, double.NaN);
        int draws = (int)Math.Clamp(400_000_000L / ((long)pictures * rankings.Length), 200, 2_000);
        var random = new Random(0);
        double[] means = new double[draws];
        int[] weights = new int[pictures];
        for (int i = 0; i < draws; i++)
        {
            Array.Clear(weights);
            for (int n = 0; n < pictures; n++) weights[random.Next(pictures)]++;
            means[i] = Mean(rankings, weights);
        }
        return Percentiles.Middle95(means);
    }
}
