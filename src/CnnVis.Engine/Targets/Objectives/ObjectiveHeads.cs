using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>
/// The objectives of the pictures of a batch, and the values that they share. Each picture is scored alone, so that the others do not change its last bits; neighbours with
/// one objective are scored together where it compares them.
/// </summary>
internal sealed class ObjectiveHeads
{
    private readonly IObjective[] _objectives;
    private readonly string[] _values;

    /// <param name="objectives">One a picture.</param>
    public ObjectiveHeads(IReadOnlyList<IObjective> objectives) : this(objectives, [.. objectives.SelectMany(o => o.Values).Distinct(StringComparer.Ordinal)])
    {
    }

    private ObjectiveHeads(IReadOnlyList<IObjective> objectives, string[] values) => (_objectives, _values) = ([.. objectives], values);

    /// <summary>Names of the values, each once.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>Those of some of the pictures, with the same values.</summary>
    public ObjectiveHeads Keep(IReadOnlyList<int> rows) => new([.. rows.Select(r => _objectives[r])], _values);

    /// <summary>The pictures' scores: [N].</summary>
    /// <param name="values">The values of <see cref="Values"/>, each [at least N, …]; what comes after the pictures does not count.</param>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        var scores = new List<Tensor>();
        for (int start = 0, end; start < _objectives.Length; start = end)
        {
            IObjective objective = _objectives[start];
            for (end = start + 1; objective.ComparesPictures && end < _objectives.Length && ReferenceEquals(_objectives[end], objective); end++) { }
            scores.Add(objective.Score([.. objective.Values.Select(v => values[Array.IndexOf(_values, v)].narrow(0, start, end - start))]));
        }
        return cat(scores);
    }
}
