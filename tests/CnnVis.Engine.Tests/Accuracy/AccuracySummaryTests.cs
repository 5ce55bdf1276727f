namespace CnnVis.Engine.Tests.Accuracy;

public sealed class AccuracySummaryTests
{
    [Fact]
    public void SmallNumbersByHand()
    {
        // Shown → said: 0→0, 0→0, 0→1, 1→1, 2→1.
        CnnAccuracy accuracy = Trials.Summary([Trials.Of(0, 0, 0), Trials.Of(1, 0, 0), Trials.Of(2, 0, 1, rank: 9), Trials.Of(3, 1, 1), Trials.Of(4, 2, 1)]);
        Assert.Equal((3, 5, 0.6), (accuracy.Top1.Count, accuracy.Top1.Total, accuracy.Top1.Share));
        Assert.Equal((0.230724, 0.882379), (Math.Round(accuracy.Top1.Lower, 6), Math.Round(accuracy.Top1.Upper, 6))); // Wilson of 3 of 5
        Assert.Equal(4, accuracy.TopK.Count);
        Assert.Equal((2 / 3.0 + 1 + 0) / 3, accuracy.MeanClassAccuracy, 12);
        Assert.Equal([0, 1, 2], accuracy.Classes.Select(c => c.Index));
        Assert.Equal([1, 1 / 3.0, double.NaN], accuracy.Classes.Select(c => c.Precision));
        Assert.Equal(["c1", null, "c1"], accuracy.Classes.Select(c => c.ConfusedWith));
        Assert.Equal([[2, 1, 0], [0, 1, 0], [0, 1, 0]], accuracy.Confusion.Counts);
        Assert.Equal(["c0 for c1: 1", "c2 for c1: 1"], accuracy.Confusion.Confusions.Select(c => $"{c.Class} for {c.Predicted}: {c.Count}"));
        Assert.Null(accuracy.Localization);
    }

    [Fact]
    public void OneOfSeveralAcceptableLabelsStandsInItsOwnRow()
    {
        ClassifiedImage both = Trials.Of(0, 0, 1) with { Labels = ["c0", "c1"], LabelIndices = [0, 1], Rank = 1 };
        CnnAccuracy accuracy = Trials.Summary([both, Trials.Of(1, 0, 2)]);
        Assert.Equal(1, accuracy.Top1.Count);
        Assert.Equal([[0, 0, 1], [0, 1, 0], [0, 0, 0]], accuracy.Confusion.Counts);
    }

    [Fact]
    public void BinsOfCalibrationHoldEquallyMany()
    {
        // 0.05 and 0.95, half right each: |0.5 − 0.05| and |0.5 − 0.95|.
        ClassifiedImage[] images = [.. Enumerable.Range(0, 40).Select(i => Trials.Of(i, 0, i % 2, i < 20 ? 0.05 : 0.95))];
        CnnCalibration calibration = Trials.Summary(images).Calibration;
        Assert.Equal([20, 20], calibration.Bins.Select(b => b.Accuracy.Total)); // pictures of one probability stay together
        Assert.Equal(0.45, calibration.ExpectedError, 12);
        Assert.Equal(0, calibration.Overconfidence, 12);
        var random = new Random(1);
        ClassifiedImage[] honest = [.. Enumerable.Range(0, 20_000).Select(i => random.NextDouble() is var p && random.NextDouble() < p ? Trials.Of(i, 0, 0, p) : Trials.Of(i, 0, 1, p))];
        CnnCalibration well = Trials.Summary(honest).Calibration;
        Assert.True(well.ExpectedError < 0.02);
        Assert.Equal(15, well.Bins.Count);
        Assert.All(well.Bins, b => Assert.InRange(b.Accuracy.Total, 1332, 1335));
    }

    [Fact]
    public void ClassesThatAreMistakenForEachOtherLieTogether()
    {
        // Two groups, 0 2 4 and 1 3 5, within which pictures are mistaken.
        ClassifiedImage[] images = [.. Enumerable.Range(0, 360).Select(i => Trials.Of(i, i % 6, i / 6 % 3 == 0 ? (i % 6 + 2) % 6 : i % 6))];
        int[] order = [.. Trials.Summary(images).Confusion.Order];
        Assert.Equal(Enumerable.Range(0, 6), order.Order());
        Assert.Single(order.Take(3).Select(c => c % 2).Distinct());
    }

    [Fact]
    public void ItIsDrawn()
    {
        CnnAccuracy accuracy = Trials.Summary([.. Enumerable.Range(0, 60).Select(i => Trials.Of(i, i % 6, i / 7 % 6, i / 60.0))]);
        foreach (IVisual visual in new IVisual[] { accuracy, accuracy.Confusion, accuracy.Calibration })
        {
            PixelImage picture = CnnVis.Engine.Drawing.SheetRenderer.Render(visual, DrawOptions.Default);
            Assert.True(picture.Pixels.ToArray().Distinct().Count() > 20);
            string svg = System.Text.Encoding.UTF8.GetString(CnnVis.Engine.Drawing.VectorRenderer.Render([visual.Draw(DrawOptions.Default)]));
            var document = System.Xml.Linq.XDocument.Parse(svg);
            Assert.Equal("svg", document.Root!.Name.LocalName);
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        }
    }
}
