using CnnVis.Engine.Accuracy.Effects;

namespace CnnVis.Engine.Tests.Accuracy;

public sealed class EffectAnalysisTests
{
    /// <summary>Large objects are easier; what comes with them does nothing by itself.</summary>
    private static CnnAccuracy Confounded(double effect = 0)
    {
        var random = new Random(5);
        return Trials.Summary([.. Enumerable.Range(0, 20_000).Select(i =>
        {
            double scale = random.NextDouble(), texture = 0.3 * scale + 0.7 * random.NextDouble(), chance = 0.2 + 0.6 * scale + effect * texture;
            int shown = i % 10;
            return Trials.Of(i, shown, random.NextDouble() < chance ? shown : (shown + 1) % 10, 0.5, null, ("Scale", scale), ("Texture", texture), ("Camera", i % 3 == 0 ? "old" : "new"));
        })]);
    }

    [Fact]
    public void AConfounderThatIsMatchedLeavesNoEffect()
    {
        AttributeEffect texture = EffectAnalysis.Analyze(Confounded(), ["Texture"], new EffectOptions { MatchBy = "Scale" }).Attributes[0];
        Assert.True(texture.Difference > 0.15, $"{texture.Difference}");
        Assert.True(texture.PValue < 1e-6);
        Assert.InRange(texture.MatchedDifference!.Value, -0.06, 0.06);
        Assert.All(texture.Bins, b => Assert.InRange(b.MatchedBy!.Value - texture.Bins[0].MatchedBy!.Value, -0.0021, 0.0021));
        Assert.Equal(20_000 - texture.Bins.Sum(b => b.MatchedCount!.Value), texture.Removed.Count);
        // The regression says the same.
        Assert.InRange(0, texture.AdjustedEffectLower!.Value, texture.AdjustedEffectUpper!.Value);
        Assert.InRange(texture.Bins[^1].AdjustedAccuracy!.Value - texture.Bins[0].AdjustedAccuracy!.Value, -0.06, 0.06);
    }

    [Fact]
    public void AnEffectOfItsOwnStays()
    {
        AttributeEffect texture = EffectAnalysis.Analyze(Confounded(-0.3), ["Texture"], new EffectOptions { MatchBy = "Scale" }).Attributes[0];
        Assert.True(texture.AdjustedEffectUpper < 0);
        Assert.True(texture.MatchedDifference < -0.08);
    }

    [Fact]
    public void BinsHoldEquallyManyAndShuffledLabelsShowNothing()
    {
        CnnAccuracy accuracy = Confounded();
        AttributeEffect scale = EffectAnalysis.Analyze(accuracy, ["Scale"], new EffectOptions()).Attributes[0];
        Assert.Equal([4000, 4000, 4000, 4000, 4000], scale.Bins.Select(b => b.Count));
        Assert.True(scale.CorrelationLower > 0.3);
        Assert.Equal(accuracy.Top1.Share, scale.Bins.Average(b => b.Accuracy), 9);
        Assert.Equal(1, scale.Bins.Average(b => b.ErrorRatio), 9);

        // The control: the same values at other pictures.
        object?[] shuffled = [.. accuracy.Images.ToArray().Select(i => i.Attributes["Scale"])];
        new Random(2).Shuffle(shuffled);
        CnnAccuracy control = Trials.Summary([.. accuracy.Images.ToArray().Select((image, i) => image with { Attributes = new Dictionary<string, object?> { ["Scale"] = shuffled[i] } })]);
        AttributeEffect nothing = EffectAnalysis.Analyze(control, ["Scale"], new EffectOptions()).Attributes[0];
        Assert.InRange(0, nothing.CorrelationLower!.Value, nothing.CorrelationUpper!.Value);
        Assert.True(nothing.PValue > 0.05);
    }

    [Fact]
    public void TextsAreCategoriesAndEdgesAreGiven()
    {
        CnnAccuracy looked = EffectAnalysis.Analyze(Confounded(), ["camera", "scale"], new EffectOptions { Edges = new Dictionary<string, double[]> { ["scale"] = [0.25, 0.5] }, Correction = MultipleTesting.Holm });
        AttributeEffect camera = looked.Attributes[0], scale = looked.Attributes[1];
        Assert.Equal(["new", "old"], camera.Bins.Select(b => b.Name));
        Assert.Equal("ChiSquare", camera.Test);
        Assert.Null(camera.Correlation);
        Assert.Equal(["< 0.25", "0.25 to 0.5", "≥ 0.5"], scale.Bins.Select(b => b.Name));
        Assert.Equal(Math.Min(1, 2 * scale.PValue!.Value), scale.AdjustedPValue!.Value, 12);
    }

    [Fact]
    public void ClassesMayCountAsOne()
    {
        // Ten classes whose accuracy rises with their scale, as numbers say exactly.
        ClassifiedImage[] images = [.. Enumerable.Range(0, 1000).Select(i => Trials.Of(i, i % 10, i / 10 < 10 * (i % 10) ? i % 10 : (i % 10 + 1) % 10, 0.5, null, ("Scale", i % 10 / 10.0)))];
        AttributeEffect effect = EffectAnalysis.Analyze(Trials.Summary(images), ["Scale"], new EffectOptions { Unit = AccuracyUnit.Class, BinCount = 2 }).Attributes[0];
        Assert.Equal((10, 1.0), (effect.Count, effect.Correlation!.Value));
        Assert.Equal([0.2, 0.7], effect.Bins.Select(b => Math.Round(b.Accuracy, 9)));
        Assert.True(effect.Bins[0].Lower < 0.2 && effect.Bins[0].Upper > 0.2);
    }

    [Fact]
    public void OneClassOrOneValueIsNoError()
    {
        ClassifiedImage[] images = [.. Enumerable.Range(0, 8).Select(i => Trials.Of(i, 0, 0, 0.5, null, ("Scale", 0.5), ("Hue", 359.0 * (i % 2))))];
        CnnAccuracy looked = EffectAnalysis.Analyze(Trials.Summary(images), ["Scale", "Hue"], new EffectOptions { Slices = 3 });
        Assert.All(looked.Attributes, a => Assert.Equal((null, "None"), (a.PValue, a.Test)));
        Assert.Equal(["red"], looked.Attributes[1].Bins.Select(b => b.Name)); // 0° and 359° are neighbours
        Assert.Empty(looked.Slices);
        CnnVisException error = Assert.Throws<CnnVisException>(() => EffectAnalysis.Analyze(Trials.Summary(images), ["Sclae"], new EffectOptions()));
        Assert.Contains("Scale", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APlantedSliceIsFoundAndChanceIsNotConfirmed()
    {
        var random = new Random(11);
        ClassifiedImage[] Planted(double inside) => [.. Enumerable.Range(0, 3000).Select(i =>
        {
            double dark = random.NextDouble(), small = random.NextDouble();
            bool right = random.NextDouble() < (dark < 0.2 && small < 0.2 ? inside : 0.8);
            return Trials.Of(i, 0, right ? 0 : 1, 0.5, null, ("Brightness", dark), ("Scale", small));
        })];
        var options = new EffectOptions { Slices = 5 };
        IReadOnlyList<AccuracySlice> found = EffectAnalysis.Analyze(Trials.Summary(Planted(0.2)), ["Brightness", "Scale"], options).Slices;
        Assert.StartsWith("Brightness 0", found[0].Condition, StringComparison.Ordinal);
        Assert.Contains("and Scale 0", found[0].Condition, StringComparison.Ordinal);
        Assert.True(found[0].IsConfirmed && found[0].Confirmed.Share < 0.45 && found[0].ErrorRatio > 2);
        IReadOnlyList<AccuracySlice> chance = EffectAnalysis.Analyze(Trials.Summary(Planted(0.8)), ["Brightness", "Scale"], options).Slices;
        Assert.All(chance, s => Assert.True(s.Found.Share < 0.8));
        Assert.All(chance, s => Assert.False(s.IsConfirmed));
    }
}
