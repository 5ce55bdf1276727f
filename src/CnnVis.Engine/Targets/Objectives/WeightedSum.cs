using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>Objectives times weights, added up.</summary>
public sealed class WeightedSum : IObjective
{
    private readonly (double Weight, IObjective Objective)[] _terms;
    private readonly int[][] _places;

    /// <param name="terms">At least one.</param>
    public WeightedSum(IReadOnlyList<(double Weight, IObjective Objective)> terms)
    {
        _terms = [.. terms];
        string[] values = [.. terms.SelectMany(t => t.Objective.Values).Distinct(StringComparer.Ordinal)];
        (Values, _places) = (values, [.. terms.Select(t => t.Objective.Values.Select(v => Array.IndexOf(values, v)).ToArray())]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Values { get; }

    /// <inheritdoc/>
    public bool ComparesPictures => _terms.Any(t => t.Objective.ComparesPictures);

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values) =>
        _terms.Select((t, i) => t.Objective.Score([.. _places[i].Select(p => values[p])]) * t.Weight).Aggregate((a, b) => a + b);
}
