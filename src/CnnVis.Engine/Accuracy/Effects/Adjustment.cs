using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>
/// What an attribute does where another one is as it is: logistic regression of single pictures on the attribute and a spline of the other one, read as the mean over all pictures of what would come of another bin
/// (standardisation) and of one more standard deviation (average marginal effect). The interval takes clusters together.
/// </summary>
internal static class Adjustment
{
    public static AttributeEffect Add(AttributeEffect effect, BinPlan plan)
    {
        // A class counts as one item elsewhere; here all its pictures have the class' value.
        (AttributeItem Item, int Bin, bool IsCorrect)[] rows = [.. plan.Bins.SelectMany((b, n) => b.Items.Where(i => i.Confounder is not null).SelectMany(i => i.Images.Select(p => (i, n, p.IsCorrect))))];
        bool[] right = [.. rows.Select(r => r.IsCorrect)];
        if (rows.Length < 30 || plan.Bins.Count < 2 || right.Distinct().Count() < 2) return effect;
        string[] clusters = [.. rows.Select(r => r.Item.Cluster)];
        if (clusters.Distinct(StringComparer.Ordinal).Count() < 2) clusters = [.. rows.Select((_, i) => $"{i}")];
        var spline = new NaturalSpline(rows.Select(r => r.Item.Confounder!.Value));
        double[][] others = [.. rows.Select(r => spline.Columns(r.Item.Confounder!.Value).ToArray())];

        double[] InBin(int row, int bin) => [1, .. Enumerable.Range(1, plan.Bins.Count - 1).Select(b => b == bin ? 1.0 : 0), .. others[row]];
        if (LogisticRegression.Fit([.. rows.Select((r, i) => InBin(i, r.Bin))], right, clusters) is { } byBin)
            effect = effect with { Bins = effect.Bins.Select((bin, b) => bin with { AdjustedAccuracy = Enumerable.Range(0, rows.Length).Average(i => byBin.Chance(InBin(i, b))) }).ToArray() };
        if (!plan.IsOrdered) return effect;

        double[] values = [.. rows.Select(r => (double)r.Item.Value!)];
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        if (deviation == 0) return effect;
        double[][] columns = [.. rows.Select((_, i) => (double[])[1, (values[i] - mean) / deviation, .. others[i]])];
        if (LogisticRegression.Fit(columns, right, clusters) is not { } linear) return effect;
        double slope = columns.Average(c => linear.Chance(c) * (1 - linear.Chance(c)));
        double one = slope * linear.Weights[1], reach = slope * BinomialBound.Z95 * Math.Sqrt(Math.Max(0, linear.Covariance[1, 1]));
        return effect with { AdjustedEffect = one, AdjustedEffectLower = one - reach, AdjustedEffectUpper = one + reach };
    }
}
