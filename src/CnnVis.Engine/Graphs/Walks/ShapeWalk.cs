namespace CnnVis.Engine.Graphs.Walks;

/// <summary>What is known of every node before anything runs: its inputs, the shape of its output for one image, its share of the work.</summary>
public sealed class ShapeWalk : IDisposable
{
    private readonly StaticValues _known;

    /// <param name="graph">The network.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <exception cref="CnnVisException">Shapes do not fit together; the message names the node.</exception>
    public ShapeWalk(Graph graph, CancellationToken cancellation = default)
    {
        _known = new StaticValues(graph.Input, [.. graph.InputShape], graph.Parameters);
        try
        {
            foreach (Node node in graph.Nodes)
            {
                cancellation.ThrowIfCancellationRequested();
                _known.Add(node);
            }
        }
        catch
        {
            _known.Dispose();
            throw;
        }
    }

    /// <summary>Shape of a computed value, with a batch of one.</summary>
    public IReadOnlyList<long> this[string value] => _known.Shape(value) ?? throw new ArgumentException($"The graph has no value '{value}'.", nameof(value));

    /// <summary>What is known of a node's inputs.</summary>
    public Operand?[] Operands(Node node) => [.. node.Inputs.Select(_known.Known)];

    /// <summary>Multiplications-with-addition of a node for one image.</summary>
    public long MultiplyAdds(Node node) => node.Operator.MultiplyAdds(Operands(node), _known.Shape(node.Output)!);

    /// <summary>Lets go of the values of shape arithmetic.</summary>
    public void Dispose() => _known.Dispose();
}
