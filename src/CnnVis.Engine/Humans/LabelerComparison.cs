using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Humans;

/// <summary>Compares people and networks that answered the same pictures.</summary>
public static class LabelerComparison
{
    private const int FewPictures = 30;

    /// <summary>The comparison of one study's answers.</summary>
    /// <param name="experiment">The study; empty where it has no name.</param>
    /// <param name="answers">All answers, each with its <see cref="LabelerAnswer.Truth"/>, in the order in which they were given.</param>
    /// <param name="tags">Types of error.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="cancellation">Ends it between two draws.</param>
    /// <exception cref="CnnVisException">No answer counts, a picture's truth is told in two ways, or a labeler is both a person and a network.</exception>
    public static HumanComparison Compare(string experiment, IReadOnlyList<LabelerAnswer> answers, IReadOnlyList<ErrorTag> tags, ComparisonOptions options, CancellationToken cancellation = default)
    {
        var trials = new Trials(answers, options);
        Labeler[] single = [.. trials.Labelers], together = [.. TogetherLabelers.Of(trials)];
        List<PairedTrials> paired = [];
        for (int i = 0; i < single.Length; i++)
            for (int j = i + 1; j < single.Length; j++) paired.Add(new PairedTrials(single[i], single[j], trials));
        paired.AddRange(together.SelectMany(t => single.Where(l => l.Kind == LabelerKind.Network).Select(n => new PairedTrials(t, n, trials))));
        paired.RemoveAll(p => p.Common.Length == 0);
        ConsistencySamples samples = ConsistencySamples.Draw(paired, trials, options, cancellation);
        ConsistencySummary? Summary(LabelerKind first, LabelerKind second) => Summarize(paired, samples, first, second);
        var people = Summary(LabelerKind.Person, LabelerKind.Person);
        var mixed = Summary(LabelerKind.Person, LabelerKind.Network);
        var networks = Summary(LabelerKind.Network, LabelerKind.Network);
        bool hasBoth = single.Any(l => l.Kind == LabelerKind.Person) && single.Any(l => l.Kind == LabelerKind.Network);
        return new HumanComparison
        {
            Experiment = experiment,
            ImageCount = trials.Count,
            Conditions = trials.Conditions,
            Top = trials.Top,
            Labelers = single.Concat(together).Select(l => LabelerScores.Of(l, trials)).ToArray(),
            Pairs = paired.Select((p, i) => Pair(p, samples.Drawn[i], samples.Independent[i], trials, options)).ToArray(),
            HumanHuman = people,
            HumanNetwork = mixed,
            NetworkNetwork = networks,
            OnlyPeople = hasBoth ? Only(LabelerKind.Person, LabelerKind.Network, "Only people are right") : null,
            OnlyNetworks = hasBoth ? Only(LabelerKind.Network, LabelerKind.Person, "Only networks are right") : null,
            ErrorTypes = ErrorTagSummary.Shares(tags).ToArray(),
            TaggerAgreement = ErrorTagSummary.Agreements(tags).ToArray(),
            Notes = trials.Notes.Concat(Few(single)).ToArray(),
        };

        OutcomePictures Only(LabelerKind right, LabelerKind wrong, string title) => new(title, [.. Enumerable.Range(0, trials.Count)
            .Where(t => single.Any(l => l.Kind == right && l.Right[t] == true) && single.Any(l => l.Kind == wrong && l.Right[t] == false) && !single.Any(l => l.Kind == wrong && l.Right[t] == true))
            .Select(t => Outcome(t, single, trials)).OrderByDescending(o => o.Right.Count).ThenBy(o => o.Image, StringComparer.Ordinal)])
        { Files = options.Files };
    }

    private static IEnumerable<string> Few(Labeler[] labelers) => labelers.Where(l => l.Order.Count < FewPictures).Select(l => $"{l.Name} answered only {l.Order.Count} pictures: intervals are wide below {FewPictures}.");

    private static LabelerPair Pair(PairedTrials pair, double[] drawn, double[] independent, Trials trials, ComparisonOptions options)
    {
        PairTable all = pair.Tables.Aggregate((a, b) => a + b);
        var (lower, upper) = PairedDifference.Newcombe(all);
        var (z, oneSided) = PooledDifference.Of(all.OnlySecond + all.Neither, all.OnlyFirst + all.Neither, all.Count);
        int[] answered = [.. pair.Common.Where(t => pair.First.Answers[t]!.Answers.Count > 0 && pair.Second.Answers[t]!.Answers.Count > 0)];
        int[] Said(Labeler labeler) => [.. answered.Select(t => trials.Vocabulary[labeler.Answers[t]!.Answers[0]])];
        return new LabelerPair
        {
            First = pair.First.Name,
            Second = pair.Second.Name,
            FirstKind = pair.First.Kind,
            SecondKind = pair.Second.Kind,
            Count = all.Count,
            BothRight = all.Both,
            OnlyFirst = all.OnlyFirst,
            OnlySecond = all.OnlySecond,
            NeitherRight = all.Neither,
            DifferenceLower = lower,
            DifferenceUpper = upper,
            McNemar = McNemarTest.P(all.OnlyFirst, all.OnlySecond),
            Z = z,
            ZOneSided = oneSided,
            Consistency = Consistency(pair.Tables, drawn, independent),
            Conditions = pair.Tables.Zip(pair.ConditionNumbers, (t, c) => new ConditionConsistency(trials.Conditions[c], t.Count, ErrorConsistency.Kappa(t), ErrorConsistency.Observed(t), ErrorConsistency.Expected(t.First, t.Second))).ToArray(),
            AnswerKappa = CohenKappa.Of(Said(pair.First), Said(pair.Second)),
            OnlyFirstPictures = Only(1, pair.First, pair.Second),
            OnlySecondPictures = Only(2, pair.Second, pair.First),
        };

        OutcomePictures Only(int cell, Labeler right, Labeler wrong) =>
            new($"{right.Name} is right, {wrong.Name} is wrong", [.. pair.In(cell).Select(t => Outcome(t, [pair.First, pair.Second], trials)).OrderBy(o => o.Image, StringComparer.Ordinal)]) { Files = options.Files };
    }

    private static ConsistencyEstimate Consistency(PairTable[] tables, double[] drawn, double[] independent)
    {
        double Mean(Func<PairTable, double> value) => tables.Average(value);
        var (lower, upper) = Percentiles.Middle95((double[])drawn.Clone());
        var (nullLower, nullUpper) = Percentiles.Middle95(independent);
        return new ConsistencyEstimate(Mean(ErrorConsistency.Kappa), Mean(ErrorConsistency.Observed), Mean(Expected), lower, upper, Mean(t => ErrorConsistency.Bounds(Expected(t)).Minimum), Mean(t => ErrorConsistency.Bounds(Expected(t)).Maximum), nullLower, nullUpper);

        static double Expected(PairTable table) => ErrorConsistency.Expected(table.First, table.Second);
    }

    private static ConsistencySummary? Summarize(List<PairedTrials> pairs, ConsistencySamples samples, LabelerKind first, LabelerKind second)
    {
        int[] places = [.. Enumerable.Range(0, pairs.Count).Where(i => (pairs[i].First.Kind, pairs[i].Second.Kind) is var k && (k == (first, second) || k == (second, first)))];
        if (places.Length == 0) return null;
        PairTable[] tables = [.. places.SelectMany(i => pairs[i].Tables)];
        double[] means = [.. Enumerable.Range(0, samples.Drawn[0].Length).Select(s => places.Select(i => samples.Drawn[i][s]).Where(k => !double.IsNaN(k)).DefaultIfEmpty(double.NaN).Average())];
        var (lower, upper) = Percentiles.Middle95(means);
        int beyond = places.Count(i =>
        {
            var (low, high) = Percentiles.Middle95((double[])samples.Independent[i].Clone());
            double kappa = pairs[i].Tables.Average(ErrorConsistency.Kappa);
            return kappa < low || kappa > high;
        });
        return new ConsistencySummary($"{first}-{second}", places.Length, tables.Length, tables.Average(ErrorConsistency.Kappa), lower, upper, tables.Average(ErrorConsistency.Observed),
            tables.Average(t => ErrorConsistency.Expected(t.First, t.Second)), beyond);
    }

    private static PictureOutcome Outcome(int trial, IReadOnlyList<Labeler> labelers, Trials trials)
    {
        LabelerAnswer picture = trials.Pictures[trial];
        return new PictureOutcome(picture.Image, picture.Path, picture.Condition, picture.Truth!,
            [.. labelers.Where(l => l.Right[trial] == true).Select(l => l.Name)],
            [.. labelers.Where(l => l.Right[trial] == false).Select(l => $"{l.Name}: {(l.Answers[trial]!.Answers is [var first, ..] ? first : "no answer")}")]);
    }
}
