using CnnVis.Engine.Classifiers;

namespace CnnVis.Engine.Tests.Classifiers;

public sealed class ClassifierFittingTests
{
    private const int Count = 90, Length = 5;

    /// <summary>The objective at the end of scikit-learn 1.2.1's LogisticRegression (C = 1 / (λ · Σ w), tol 1e-12) on the same codes, standardised.</summary>
    [Theory]
    [InlineData(1.0, false, 1.0133818789902254)]
    [InlineData(1.0, true, 1.0205317844760338)]
    [InlineData(0.1, false, 0.8592907187058284)]
    [InlineData(0.1, true, 0.851080218404468)]
    [InlineData(0.001, false, 0.7489696838364268)]
    [InlineData(0.001, true, 0.7323289424569744)]
    public void FindsTheMinimumThatScikitLearnFinds(double decay, bool balanced, double expected)
    {
        ClassifierHead head = ClassifierFitting.Fit(Codes(), "fc6", null, new ClassifierOptions { WeightDecay = decay, IsBalanced = balanced });
        Assert.True(head.Fit.IsConverged);
        Assert.InRange(head.Fit.Objective, expected - 1e-6, expected + 1e-5 * expected + 1e-6);
    }

    [Fact]
    public void GivesWeightsForCodesAsTheyAre()
    {
        ClassifierHead head = ClassifierFitting.Fit(Codes(), "fc6", null, new ClassifierOptions { WeightDecay = 0.1, IsBalanced = true });
        double[] logits = [.. Enumerable.Range(0, 3).Select(k => head.Bias[k] + Enumerable.Range(0, Length).Sum(d => (double)head.Weight[k * Length + d] * Value(0, d)))];
        double sum = logits.Sum(Math.Exp);
        Assert.Equal([0.46002876, 0.42972004, 0.1102512], logits.Select(l => Math.Exp(l) / sum), (a, b) => Math.Abs(a - b) < 2e-3); // scikit-learn's probabilities of the first
    }

    [Fact]
    public void WeightsClassesByName()
    {
        // 27 of 90 codes show b: three times their weight is what three copies of each give.
        var copied = new LabelledCodes();
        foreach (CnnCode code in All())
            for (int i = 0; i < (code.Label == "b" ? 3 : 1); i++) copied.Add(code);
        ClassifierHead weighted = ClassifierFitting.Fit(Codes(), "fc6", null, new ClassifierOptions { WeightDecay = 0, ClassWeights = new Dictionary<string, double> { ["b"] = 3 }, MaxIterations = 300 });
        ClassifierHead repeated = ClassifierFitting.Fit(copied, "fc6", null, new ClassifierOptions { WeightDecay = 0, MaxIterations = 300 });
        Assert.Equal(repeated.Fit.Objective, weighted.Fit.Objective, 1e-5);
    }

    [Fact]
    public void ChoosesTheWeightDecayByPicturesItHasNotSeen()
    {
        CnnClassifierFit fit = ClassifierFitting.Fit(Codes(), "fc6", null, new ClassifierOptions { HeldOut = 0.2, Seed = 3 }).Fit;
        Assert.InRange(fit.HeldOutCount, 16, 20);
        Assert.Equal(Count, fit.Count);
        Assert.Equal(fit.Trials.MinBy(t => t.HeldOutLoss)!.WeightDecay, fit.WeightDecay);
        Assert.True(fit.Trials.Count >= 2);
        Assert.Contains(fit.Trials, t => t.WeightDecay < fit.WeightDecay); // it went past the best
    }

    [Fact]
    public void NamesAndOrdersClassesAsAsked()
    {
        ClassifierHead head = ClassifierFitting.Fit(Codes(), "fc6", [("c", "third"), ("a", "first"), ("b", "second")], new ClassifierOptions { WeightDecay = 0.1 });
        ClassifierHead plain = ClassifierFitting.Fit(Codes(), "fc6", null, new ClassifierOptions { WeightDecay = 0.1 });
        Assert.Equal(["third", "first", "second"], head.Classes);
        Assert.Equal(["a", "b", "c"], plain.Classes);
        Assert.Equal(plain.Bias[2], head.Bias[0], 1e-2f);
    }

    [Fact]
    public void LeavesNumbersThatNeverChangeWithoutWeight()
    {
        var codes = new LabelledCodes();
        foreach (CnnCode code in All()) codes.Add(code with { Values = [.. code.Values, 7.25f] });
        ClassifierHead head = ClassifierFitting.Fit(codes, "fc6", null, new ClassifierOptions { WeightDecay = 0.1 });
        for (int k = 0; k < 3; k++) Assert.Equal(0, head.Weight[k * (Length + 1) + Length]);
    }

    [Fact]
    public void SaysWhatDoesNotFit()
    {
        var one = new LabelledCodes();
        foreach (CnnCode code in All().Where(c => c.Label == "a")) one.Add(code);
        Assert.Contains("'a' alone", Assert.Throws<CnnVisException>(() => ClassifierFitting.Fit(one, "fc6", null, new ClassifierOptions())).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Throws<CnnVisException>(() => ClassifierFitting.Fit(Codes(), "fc6", [("a", "a"), ("b", "b")], new ClassifierOptions())).ErrorId);
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Throws<CnnVisException>(() => ClassifierFitting.Fit(Codes(), "fc6", null, new ClassifierOptions { ClassWeights = new Dictionary<string, double> { ["bb"] = 2 } })).ErrorId);

        var codes = new LabelledCodes();
        codes.Add(All().First());
        Assert.Throws<CnnVisException>(() => codes.Add(All().First() with { Label = null }));
        Assert.Throws<CnnVisException>(() => codes.Add(All().First() with { Values = [1, 2] }));
        Assert.Throws<CnnVisException>(() => codes.Add(All().First() with { Values = [1, 2, float.NaN, 3, 4] }));
        Assert.Equal(1, codes.Count);
    }

    [Fact]
    public void StopsWhenAsked()
    {
        using var stop = new CancellationTokenSource();
        int steps = 0;
        Assert.Throws<OperationCanceledException>(() => ClassifierFitting.Fit(Codes(), "fc6", null, new ClassifierOptions { WeightDecay = 1e-4 }, _ => { if (++steps == 3) stop.Cancel(); }, stop.Token));
        Assert.Equal(3, steps);
    }

    [Fact]
    public void LeavesOutTheSameShareOfEachClassAndNoViewOfAPictureThatStays()
    {
        int[] labels = [.. Enumerable.Range(0, 120).Select(i => i % 3 == 0 ? 1 : 0)];
        string?[] sources = [.. Enumerable.Range(0, 120).Select(i => i < 60 ? $"photo {i / 6 * 3 + i % 3}" : null)];
        bool[] isOut = HeldOutPart.Of(labels, sources, 0.25, seed: 1);
        Assert.All(Enumerable.Range(0, 60).GroupBy(i => (labels[i], sources[i])), views => Assert.Single(views.Select(i => isOut[i]).Distinct()));
        Assert.InRange(Enumerable.Range(0, 120).Count(i => isOut[i] && labels[i] == 1), 5, 15);
        Assert.NotEqual(isOut, HeldOutPart.Of(labels, sources, 0.25, seed: 2));
        Assert.Equal(isOut, HeldOutPart.Of(labels, sources, 0.25, seed: 1));
        Assert.Equal([false], HeldOutPart.Of([0], [null], 0.9, seed: 1)); // the last picture of a class stays
    }

    private static LabelledCodes Codes()
    {
        var codes = new LabelledCodes();
        foreach (CnnCode code in All()) codes.Add(code);
        return codes;
    }

    private static IEnumerable<CnnCode> All() => Enumerable.Range(0, Count).Select(i => new CnnCode
    {
        Path = $"{i}.png",
        Label = "abc"[i >= 80 ? 0 : (i % 7 == 0 ? i + 1 : i) % 3].ToString(),
        Model = null,
        Layer = null,
        Values = [.. Enumerable.Range(0, Length).Select(d => Value(i, d))],
    });

    private static float Value(int i, int d) => (float)(Math.Sin(0.7 * i * (d + 1) + 0.3 * d) * (1 + d) + (i % 3 == d % 3 ? 0.8 : 0) + 3 * d);
}
