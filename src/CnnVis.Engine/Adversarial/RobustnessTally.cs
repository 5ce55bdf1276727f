using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Adversarial;

/// <summary>Counts who is right about attacked pictures.</summary>
internal sealed class RobustnessTally
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<(string, string, string, AttackNorm, double?), Group> _byKey = [];

    /// <summary>The measures so far, in the order in which they came up.</summary>
    public RobustnessMeasure[] Measures => [.. _groups.Select(g => g.Measure())];

    /// <summary>Takes a verdict in.</summary>
    /// <param name="example">The example.</param>
    /// <param name="asked">Who was asked.</param>
    /// <param name="before">Whether it is right about the picture as it is.</param>
    /// <param name="after">Whether it is right about the example.</param>
    /// <param name="rounded">Whether it is right about the example of 8 bits.</param>
    public void Add(AdversarialExample example, Origin asked, bool before, bool after, bool rounded)
    {
        string model = asked.Model.Name;
        var key = (model, example.Model, example.Method, example.Norm, example.Epsilon);
        if (!_byKey.TryGetValue(key, out Group? group)) _groups.Add(_byKey[key] = group = new Group(example, asked));
        group.Count++;
        if (before) group.Before++;
        if (after) group.After++;
        if (rounded) group.Rounded++;
        bool attacked = example.Outcome is AttackOutcome.Succeeded or AttackOutcome.Failed;
        if (attacked)
        {
            group.Attacked++;
            group.Queries += example.Queries;
        }
        if (model == example.Model)
        {
            if (attacked) group.Tried++;
            if (example.Success) group.Successes++;
        }
        else if (example.Success && before)
        {
            group.Tried++;
            if (!after) group.Successes++;
        }
        if (!example.Success) return;
        group.Found++;
        group.Distortion += example.Distortion;
        group.Size += example.Size(example.Norm);
    }

    private sealed class Group(AdversarialExample first, Origin asked)
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
                Model = asked.Model.Name,
                Source = first.Model,
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
