using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Corruptions;

/// <summary>Counts how often a network is right about corrupted pictures.</summary>
/// <param name="context">What is counted.</param>
/// <param name="origin">The network; null where it is not here.</param>
internal sealed class CorruptionTally(CorruptionCounted context, Origin? origin)
{
    private readonly int[] _correct = new int[context.Corruptions.Length * context.Severities.Length];
    private int _count, _clean;

    /// <summary>What was counted, corruption by corruption; nothing before the first picture.</summary>
    public IReadOnlyList<CorruptionMeasure> Measures => _count == 0 ? [] : [.. context.Corruptions.SelectMany((c, i) => context.Severities.Select((s, j) => new CorruptionMeasure
    {
        Origin = origin,
        Model = context.Model,
        Corruption = c,
        Family = context.Families[i],
        Severity = s,
        Accuracy = BinomialBound.Rate(_correct[i * context.Severities.Length + j], _count),
        CleanAccuracy = BinomialBound.Rate(_clean, _count),
    }))];

    /// <summary>Takes in what was found of a picture; nothing where it is left out.</summary>
    public void Add(CorruptedAnswers? found)
    {
        if (found is null) return;
        if (found.Answers.Length != _correct.Length) throw new ArgumentException("A picture has other corruptions.", nameof(found));
        for (int i = 0; i < _correct.Length; i++)
            if (found.Answers[i] == CorruptedAnswers.Right) _correct[i]++;
        _count++;
        if (found.Clean) _clean++;
    }
}
