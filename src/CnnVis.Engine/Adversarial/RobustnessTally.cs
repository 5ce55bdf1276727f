using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Adversarial;

/// <summary>Counts who is right about attacked pictures.</summary>
/// <param name="originOf">A network by its name; null where it is not here.</param>
internal sealed class RobustnessTally(Func<string, Origin?> originOf)
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<(string, string, string, AttackNorm, double?), Group> _byKey = [];

    /// <summary>The measures so far, in the order in which they came up.</summary>
    public RobustnessMeasure[] Measures => [.. _groups.Select(g => g.Measure())];

    /// <summary>What a cmdlet gives: the measures, or one object that has them all.</summary>
    public IReadOnlyList<object> Results(bool asPlot) => Measures is { Length: > 0 } measures && asPlot ? [new RobustnessPlot { Measures = measures }] : Measures;

    /// <summary>Takes a verdict in.</summary>
    public void Add(RobustnessVerdict verdict)
    {
        var key = (verdict.Model, verdict.Source, verdict.Method, verdict.Norm, verdict.Epsilon);
        if (!_byKey.TryGetValue(key, out Group? group)) _groups.Add(_byKey[key] = group = new Group(verdict, originOf(verdict.Model)));
        group.Count++;
        if (verdict.Before) group.Before++;
        if (verdict.After) group.After++;
        if (verdict.Rounded) group.Rounded++;
        bool attacked = verdict.Outcome is AttackOutcome.Succeeded or AttackOutcome.Failed;
        if (attacked)
        {
            group.Attacked++;
            group.Queries += verdict.Queries;
        }
        if (verdict.Model == verdict.Source)
        {
            if (attacked) group.Tried++;
            if (verdict.Success) group.Successes++;
        }
        else if (verdict.Success && verdict.Before)
        {
            group.Tried++;
            if (!verdict.After) group.Successes++;
        }
        if (!verdict.Success) return;
        group.Found++;
        group.Distortion += verdict.Distortion;
        group.Size += verdict.Size;
    }

    private sealed class Group(RobustnessVerdict first, Origin? asked)
    {
        public int Count, Before, After, Rounded, Attacked, Tried, Successes, Found;
        public double Queries, Distortion, Size;

        public RobustnessMeasure Measure()
        {
            double accuracy = (double)After / Count;
            var (lower, upper) = BinomialBound.Wilson(accuracy, Count);
            return new RobustnessMeasure
            {
                Origin = asked,
                Model = first.Model,
                Source = first.Source,
                Method = first.Method,
                Norm = first.Norm,
                Epsilon = first.Epsilon,
                Count = Count,
                CleanAccuracy = (double)Before / Count,
                Accuracy = accuracy,
                Lower = lower,
                Upper = upper,
                AccuracyAfterRounding = (double)Rounded / Count,
                SuccessRate = (double)Successes / Tried,
                MeanDistortion = Distortion / Found,
                MeanSize = Size / Found,
                MeanQueries = Queries / Attacked,
            };
        }
    }
}
