namespace CnnVis.Engine.Graphs;

/// <summary>One step of a graph.</summary>
/// <param name="Name">The network's own name of the step; unique in its graph.</param>
/// <param name="Operator">What it computes.</param>
/// <param name="Inputs">Names of the values it takes: graph inputs, parameters or outputs of earlier nodes; empty where an optional one is left out.</param>
/// <param name="Output">Name of the value it gives.</param>
public sealed record Node(string Name, Operator Operator, IReadOnlyList<string> Inputs, string Output)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Operator.Type})";
}
