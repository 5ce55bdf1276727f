namespace CnnVis.Engine.Targets;

/// <summary>The values that several targets stand in, each once, so that they share one pass.</summary>
internal sealed class TargetHeads
{
    private readonly int[] _heads;

    public TargetHeads(IReadOnlyList<ITarget> targets)
    {
        Values = [.. targets.Select(t => t.Value).Distinct(StringComparer.Ordinal)];
        _heads = [.. targets.Select(t => Array.IndexOf(Values, t.Value))];
    }

    /// <summary>Names of the values.</summary>
    public string[] Values { get; }

    /// <summary>Place among <see cref="Values"/> of the target's.</summary>
    public int this[int target] => _heads[target];
}
