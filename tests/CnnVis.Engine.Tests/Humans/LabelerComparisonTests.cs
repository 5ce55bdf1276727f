using CnnVis.Engine.Humans;

namespace CnnVis.Engine.Tests.Humans;

public class LabelerComparisonTests
{
    private static readonly ComparisonOptions _quick = new() { Samples = 400, Seed = 3 };

    /// <summary>The study of section 6.4 as it would be with no error in common: 76 of a person, 102 of the network, 1,500 pictures.</summary>
    [Fact]
    public void TheStudyOfThePaperComesOutAsPublished()
    {
        List<LabelerAnswer> answers = [];
        for (int i = 0; i < 1500; i++)
        {
            answers.Add(Answer("A1", LabelerKind.Person, i, i < 76 ? "wrong" : "right", "right"));
            answers.Add(Answer("GoogLeNet", LabelerKind.Network, i, i is >= 76 and < 178 ? "wrong" : "right", "right"));
        }
        HumanComparison found = Compare(answers);
        LabelerScore person = found.Labelers[0], network = found.Labelers[1];
        Assert.Equal((1424, 1500), (person.Top1.Count, person.Top1.Total));
        Assert.Equal(1 - 0.0630, person.Top1.Lower, 4);
        Assert.Equal(1 - 0.0407, person.Top1.Upper, 4);
        Assert.Equal(1 - 0.0819, network.Top1.Lower, 4);
        Assert.Equal(1 - 0.0563, network.Top1.Upper, 4);
        LabelerPair pair = Assert.Single(found.Pairs);
        Assert.Equal((1322, 102, 76, 0), (pair.BothRight, pair.OnlyFirst, pair.OnlySecond, pair.NeitherRight));
        Assert.Equal(2.0093, pair.Z, 4);
        Assert.Equal(0.02225, pair.ZOneSided, 5);
        Assert.Equal(0.060649, pair.McNemar, 6);
        Assert.Equal(102, found.OnlyPeople!.Count);
        Assert.Equal(76, found.OnlyNetworks!.Count);
        Assert.Equal(76, pair.OnlySecondPictures.Count);
        Assert.True(pair.DifferenceLower < pair.Difference && pair.Difference < pair.DifferenceUpper);
        Assert.True(pair.Kappa < 0);
        Assert.True(pair.Consistency.IsBeyondChance);
    }

    [Fact]
    public void IndependentErrorsStayWithinTheBand()
    {
        // All four cells as independence wants them: .8 and .5 of 100.
        var answers = Enumerable.Range(0, 100).SelectMany(i => new[] { Answer("a", LabelerKind.Person, i, i % 10 < 8 ? "x" : "y", "x"), Answer("b", LabelerKind.Network, i, i / 10 % 2 == 0 ? "x" : "z", "x") }).ToList();
        LabelerPair pair = Assert.Single(Compare(answers).Pairs);
        Assert.Equal(0, pair.Kappa, 12);
        Assert.False(pair.Consistency.IsBeyondChance);
        Assert.InRange(0, pair.Consistency.Lower, pair.Consistency.Upper);
        Assert.InRange(pair.Consistency.NullUpper, 0.1, 0.3);
        Assert.InRange(pair.Consistency.NullLower, -0.3, -0.1);
    }

    /// <summary>Two independent observers fall into their band 95 times of 100, and two copies never do.</summary>
    [Fact]
    public void TheBandHoldsWhatItSays()
    {
        var random = new Random(11);
        int inside = 0;
        const int Studies = 200;
        for (int s = 0; s < Studies; s++)
        {
            var answers = Enumerable.Range(0, 120).SelectMany(i => new[] { Answer("a", LabelerKind.Person, i, random.NextDouble() < 0.75 ? "x" : "y", "x"), Answer("b", LabelerKind.Network, i, random.NextDouble() < 0.6 ? "x" : "y", "x") }).ToList();
            if (!Compare(answers).Pairs[0].Consistency.IsBeyondChance) inside++;
        }
        Assert.InRange(inside / (double)Studies, 0.90, 0.99);
        var copies = Enumerable.Range(0, 120).SelectMany(i => new[] { Answer("a", LabelerKind.Person, i, i % 4 > 0 ? "x" : "y", "x"), Answer("b", LabelerKind.Network, i, i % 4 > 0 ? "x" : "y", "x") }).ToList();
        Assert.True(Compare(copies).Pairs[0].Consistency.IsBeyondChance);
        Assert.Equal(1, Compare(copies).Pairs[0].Kappa);
    }

    [Fact]
    public void GuessesCountAsFarAsEverybodyHadThem()
    {
        List<LabelerAnswer> answers = [Answer("p", LabelerKind.Person, 0, ["cat", "dog"], "dog"), Answer("p", LabelerKind.Person, 1, ["cat"], "dog"), Answer("n", LabelerKind.Network, 0, ["cow", "cat", "dog"], "dog"), Answer("n", LabelerKind.Network, 1, ["cow", "cat", "dog"], "dog")];
        HumanComparison found = Compare(answers);
        Assert.Equal(2, found.Top);
        Assert.Equal((1, 0), (found.Pairs[0].OnlyFirst, found.Pairs[0].OnlySecond));
        Assert.Equal(0, found.Labelers[1].Top1.Count);
        Assert.Equal(2, found.Labelers[1].Top5!.Count);
        Assert.Equal((1, 1), (Compare(answers, _quick with { Top = 3 }).Pairs[0].BothRight, Compare(answers, _quick with { Top = 3 }).Pairs[0].OnlySecond));
        Assert.Equal(5, Compare([.. answers.Select(a => a with { Allowed = 5 })]).Top);
        Assert.Equal(1, Compare([.. answers, Answer("q", LabelerKind.Person, 0, "dog", "dog")]).Top);
    }

    [Fact]
    public void PeopleTogetherAreRightWhereAnyIsAndWhereMostAre()
    {
        List<LabelerAnswer> answers = [];
        string[][] said = [["x", "x", "y"], ["x", "y", "y"], ["y", "y", "z"], ["x", "y", "z"]];
        for (int i = 0; i < said.Length; i++)
        {
            for (int p = 0; p < 3; p++) answers.Add(Answer($"p{p}", LabelerKind.Person, i, said[i][p], "x"));
            answers.Add(Answer("n", LabelerKind.Network, i, i == 2 ? "x" : "y", "x"));
        }
        answers.Add(Answer("p0", LabelerKind.Person, 99, "x", "x")); // seen by one only
        HumanComparison found = Compare(answers);
        LabelerScore any = found.Labelers.Single(l => l.Kind == LabelerKind.Union), most = found.Labelers.Single(l => l.Kind == LabelerKind.Majority);
        Assert.Equal((3, 4), (any.Top1.Count, any.Top1.Total));
        Assert.Equal((1, 4), (most.Top1.Count, most.Top1.Total)); // of three answers once each none is that of most
        LabelerPair pair = found.Pairs.Single(p => p.FirstKind == LabelerKind.Union);
        Assert.Equal((0, 3, 1, 0), (pair.BothRight, pair.OnlyFirst, pair.OnlySecond, pair.NeitherRight));
        Assert.Equal(["picture 0.png", "picture 1.png", "picture 3.png"], found.OnlyPeople!.Pictures.Select(p => p.Image));
        Assert.Equal(2, found.OnlyPeople.Pictures[0].Right.Count);
        Assert.Equal("picture 2.png", Assert.Single(found.OnlyNetworks!.Pictures).Image);
    }

    [Fact]
    public void MeansAreOverPairsAndConditions()
    {
        List<LabelerAnswer> answers = [];
        for (int i = 0; i < 10; i++)
        {
            foreach (string condition in (string[])["bright", "dark"])
            {
                answers.Add(Answer("a", LabelerKind.Person, i, i < 5 ? "x" : "y", "x") with { Condition = condition });
                // Under bright light the same errors, in the dark the opposite ones.
                answers.Add(Answer("b", LabelerKind.Person, i, i < 5 == (condition == "bright") ? "x" : "y", "x") with { Condition = condition });
            }
            answers.Add(Answer("n", LabelerKind.Network, i, i < 5 ? "x" : "y", "x")); // asked once, about the picture as it is
        }
        HumanComparison found = Compare(answers);
        Assert.Equal(["bright", "dark"], found.Conditions);
        Assert.Equal(20, found.ImageCount);
        LabelerPair pair = found.Pairs.Single(p => p.Second == "b");
        Assert.Equal([1.0, -1.0], pair.Conditions.Select(c => c.Kappa));
        Assert.Equal(0, pair.Kappa, 12);
        Assert.Equal(2, found.HumanHuman!.Values);
        Assert.Equal([1.0, 1.0], found.Pairs.Single(p => (p.First, p.Second) == ("a", "n")).Conditions.Select(c => c.Kappa));
    }

    [Fact]
    public void TheLearningCurveCountsErrorsInTheirOrder()
    {
        List<LabelerAnswer> answers = [.. Enumerable.Range(0, 120).Select(i => Answer("p", LabelerKind.Person, i, i < 60 ? "y" : "x", "x") with { Seconds = 1 + i })];
        LabelerScore score = Compare([.. answers, Answer("p", LabelerKind.Person, 500, "y", "x") with { IsTraining = true }]).Labelers[0];
        Assert.Equal(1, score.TrainingCount);
        Assert.Equal(120, score.LearningCurve.Count);
        Assert.Equal((1.0, 1.0), (score.LearningCurve[59].CumulativeError, score.LearningCurve[59].WindowError));
        Assert.Equal(0.5, score.LearningCurve[^1].CumulativeError, 12);
        Assert.Equal(0, score.LearningCurve[^1].WindowError);
        Assert.Equal(0.5, score.LearningCurve[84].WindowError, 12); // 36 to 85: 25 wrong
        Assert.Equal(60.5, score.MedianSeconds!.Value, 12);
        Assert.Equal([0.0, 0.0, 1.0, 1.0], score.Times.Select(t => t.Accuracy.Share));
        Assert.Equal((1.0, 30.0), (score.Times[0].From, score.Times[0].To));
    }

    [Fact]
    public void MultiLabelAccuracyTakesWhatIsAcceptable()
    {
        List<LabelerAnswer> answers = [Answer("p", LabelerKind.Person, 0, "screen", "monitor") with { Acceptable = ["monitor", "Screen"] }, Answer("p", LabelerKind.Person, 1, "screen", "monitor"), Answer("p", LabelerKind.Person, 2, "dog", "cat") with { Acceptable = ["cat"] }];
        LabelerScore score = Compare(answers).Labelers[0];
        Assert.Equal((1, 2), (score.MultiLabel!.Count, score.MultiLabel.Total));
        Assert.Equal(0, score.Top1.Count);
    }

    [Fact]
    public void CapitalsTellLabelsApartOnlyWhereOneSourceUsesThem()
    {
        Assert.Equal(1, Compare([Answer("p", LabelerKind.Person, 0, "egyptian_cat ", "Egyptian cat")]).Labelers[0].Top1.Count);
        List<LabelerAnswer> imageNet = [Answer("p", LabelerKind.Person, 0, "Cardigan", "cardigan"), Answer("p", LabelerKind.Person, 1, "cardigan", "cardigan")];
        Assert.Equal(1, Compare(imageNet).Labelers[0].Top1.Count);
    }

    [Fact]
    public void OfTwoAnswersTheLaterCounts()
    {
        var now = new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
        List<LabelerAnswer> answers = [Answer("p", LabelerKind.Person, 0, "y", "x") with { At = now }, Answer("p", LabelerKind.Person, 0, "x", "x") with { At = now.AddMinutes(1) }, Answer("p", LabelerKind.Person, 1, "x", "x"), Answer("p", LabelerKind.Person, 1, "y", "x")];
        HumanComparison found = Compare(answers);
        Assert.Equal((2, 2), (found.Labelers[0].Top1.Count, found.Labelers[0].Count));
        Assert.Contains(found.Notes, n => n.StartsWith("p answered 2 pictures more than once", StringComparison.Ordinal));
    }

    [Fact]
    public void ErrorTypesHaveSharesAndTaggersAgree()
    {
        ErrorTag[] tags = [new("1", "p", "A", ["fine-grained"]), new("2", "p", "A", ["fine-grained", "small"]), new("3", "p", "A", []), new("4", "p", "A", ["small"]), new("1", "p", "B", ["fine-grained"]), new("2", "p", "B", ["fine-grained"]), new("3", "p", "B", []), new("4", "p", "B", ["small"])];
        HumanComparison found = LabelerComparison.Compare("", [Answer("p", LabelerKind.Person, 0, "x", "x")], tags, _quick);
        ErrorTypeShare first = found.ErrorTypes[0];
        Assert.Equal(("p", "A", "fine-grained", 2, 4), (first.Labeler, first.Tagger, first.Type, first.Share.Count, first.Share.Total));
        Assert.Equal([("fine-grained", 1.0, 1.0), ("small", 0.75, 0.5)], found.TaggerAgreement.Select(a => (a.Type, a.Agreement, Math.Round(a.Kappa, 12))));
    }

    [Fact]
    public void WhatCannotBeComparedIsTold()
    {
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Compare([])).ErrorId);
        Assert.Contains("training", Assert.Throws<CnnVisException>(() => Compare([Answer("p", LabelerKind.Person, 0, "x", "x") with { IsTraining = true }])).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ClassNotFound, Assert.Throws<CnnVisException>(() => Compare([Answer("p", LabelerKind.Person, 0, "x", "x") with { Truth = null }])).ErrorId);
        Assert.Contains("according to", Assert.Throws<CnnVisException>(() => Compare([Answer("p", LabelerKind.Person, 0, "x", "x"), Answer("q", LabelerKind.Person, 0, "x", "y")])).Message, StringComparison.Ordinal);
        Assert.Contains("two names", Assert.Throws<CnnVisException>(() => Compare([Answer("p", LabelerKind.Person, 0, "x", "x"), Answer("p", LabelerKind.Network, 1, "x", "y")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DrawsAreTheSameForOneSeed()
    {
        var answers = Enumerable.Range(0, 80).SelectMany(i => new[] { Answer("a", LabelerKind.Person, i, i % 3 > 0 ? "x" : "y", "x"), Answer("b", LabelerKind.Network, i, i % 4 > 0 ? "x" : "y", "x") }).ToList();
        ConsistencyEstimate first = Compare(answers).Pairs[0].Consistency, again = Compare(answers).Pairs[0].Consistency, other = Compare(answers, _quick with { Seed = 4 }).Pairs[0].Consistency;
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    internal static LabelerAnswer Answer(string labeler, LabelerKind kind, int picture, string answer, string truth) => Answer(labeler, kind, picture, [answer], truth);

    private static LabelerAnswer Answer(string labeler, LabelerKind kind, int picture, string[] answers, string truth) => new() { Labeler = labeler, Kind = kind, Image = $"picture {picture}.png", Answers = answers, Truth = truth };

    private static HumanComparison Compare(IReadOnlyList<LabelerAnswer> answers, ComparisonOptions? options = null) => LabelerComparison.Compare("", answers, [], options ?? _quick);
}
