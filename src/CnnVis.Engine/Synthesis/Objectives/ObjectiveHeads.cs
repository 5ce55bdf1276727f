using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Objectives;

/// <summary>The objectives of the pictures of a batch, and the values that they share. Neighbours with one objective are scored together.</summary>
internal sealed class ObjectiveHeads
{
    private readonly List<(IObjective Objective, int Start, int Count, int[] Heads)> _groups = [];

    /// <param name="objectives">One a picture.</param>
    public ObjectiveHeads(IReadOnlyList<IObjective> objectives)
    {
        string[] values = [.. objectives.SelectMany(o => o.Values).Distinct(StringComparer.Ordinal)];
        Values = values;
        for (int start = 0, end; start < objectives.Count; start = end)
        {
            for (end = start + 1; end < objectives.Count && ReferenceEquals(objectives[end], objectives[start]); end++) { }
            _groups.Add((objectives[start], start, end - start, [.. objectives[start].Values.Select(v => Array.IndexOf(values, v))]));
        }
    }

    /// <summary>Names of the values, each once.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The pictures' scores: [N].</summary>
    /// <param name="values">The values of <see cref="Values"/>, each [N, …].</param>
    public Tensor Score(IReadOnlyList<Tensor> values) =>
        cat([.. _groups.Select(g => g.Objective.Score([.. g.Heads.Select(h => values[h].narrow(0, g.Start, g.Count))]))]);
}
