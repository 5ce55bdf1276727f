using CnnVis.Engine.Accuracy;

namespace CnnVis.Engine.Tests.Accuracy;

public sealed class LabelSummaryTests
{
    private const int Count = 60;

    /// <summary>Sixty pictures, four labels of which the last is never shown; probabilities are often equal.</summary>
    private static JudgedLabels Judged(int picture) => new(
        [.. Enumerable.Range(0, 3).Where(c => (picture * picture + 3 * picture * c + c) % 7 < 2)],
        [.. Enumerable.Range(0, 4).Select(c => (picture * 37 + c * 11) % 29 / 28f)]);

    private static MultiLabelAccuracy Summary(IEnumerable<JudgedLabels> judged) => Assert.IsType<MultiLabelAccuracy>(AccuracySummary.Of(
        new("net", ["a", "b", "c", "d"], 1, Count, 0, 0, [.. Enumerable.Range(0, 5).Select(i => Trials.Of(i, 0, 0))], [.. judged])));

    /// <summary>scikit-learn 1.2.1: average_precision_score, f1_score, accuracy_score, precision_score, recall_score.</summary>
    [Fact]
    public void IsWhatScikitLearnGives()
    {
        MultiLabelAccuracy accuracy = Summary(Enumerable.Range(0, Count).Select(Judged));
        Assert.Equal([26, 17, 25, 0], accuracy.Labels.Select(l => l.Count));
        Near([0.4791663819017362, 0.2444711112675581, 0.4185391066385063, double.NaN], accuracy.Labels.Select(l => l.AveragePrecision));
        Near([0.4666666666666667, 0.12903225806451613, 0.41935483870967744, 0], accuracy.Labels.Select(l => l.Precision));
        Near([0.5384615384615384, 0.23529411764705882, 0.52, double.NaN], accuracy.Labels.Select(l => l.Recall));
        Near([0.3263157894736842, 0.28273809523809523, 2 / 60.0], [accuracy.MicroF1, accuracy.MacroF1, accuracy.ExactMatch!.Share]);
        Assert.Equal((0.4791663819017362 + 0.2444711112675581 + 0.4185391066385063) / 3, accuracy.MeanAveragePrecision, 12);
        Assert.Equal((5, Count), (accuracy.Count, accuracy.JudgedCount)); // nine have no label
        Assert.InRange(accuracy.MeanAveragePrecision, accuracy.MeanAveragePrecisionLower, accuracy.MeanAveragePrecisionUpper);
    }

    /// <summary>A ranking that knows nothing has the share of the label as its precision, and one that knows all has 1, however often pictures are drawn.</summary>
    [Fact]
    public void KnowingNothingAndAll()
    {
        MultiLabelAccuracy all = Summary(Enumerable.Range(0, Count).Select(i => new JudgedLabels([i % 4], [.. Enumerable.Range(0, 4).Select(c => i % 4 == c ? 0.9f : 0.1f)])));
        Near([1, 1, 1, 1, 1, 1], [all.MeanAveragePrecision, all.MeanAveragePrecisionLower, all.MeanAveragePrecisionUpper, all.MicroF1, all.MacroF1, all.ExactMatch!.Share]);
        MultiLabelAccuracy nothing = Summary(Enumerable.Range(0, Count).Select(i => new JudgedLabels([i % 4], [0.3f, 0.3f, 0.3f, 0.3f])));
        Near([0.25, 0, 0], [nothing.MeanAveragePrecision, nothing.MicroF1, nothing.MacroF1]);
        Assert.InRange(nothing.MeanAveragePrecisionUpper - nothing.MeanAveragePrecisionLower, 0, 1e-9); // the shares of the four add up to 1
    }

    private static void Near(double[] expected, IEnumerable<double> actual) => Assert.All(expected.Zip(actual, (e, a) => (e, a)), p => Assert.Equal(p.e, p.a, 12));
}
