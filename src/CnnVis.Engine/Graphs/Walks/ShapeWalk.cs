namespace CnnVis.Engine.Graphs.Walks;

/// <summary>What is known of every node before anything runs: its inputs, the shape of its output for one image, its share of the work.</summary>
public sealed class ShapeWalk
{
    private readonly Graph _graph;
    private readonly Dictionary<string, long[]> _shapes = new(StringComparer.Ordinal);

    /// <param name="graph">The network.</param>
    /// <exception cref="CnnVisException">Shapes do not fit together; the message names the node.</exception>
    public ShapeWalk(Graph graph)
    {
        _graph = graph;
        _shapes[graph.Input] = [.. graph.InputShape];
        foreach (Node node in graph.Nodes)
        {
            try
            {
                _shapes[node.Output] = node.Operator.Shape(Operands(node));
            }
            catch (CnnVisException e)
            {
                throw new CnnVisException(e.ErrorId, $"At '{node.Name}': {e.Message}", node.Name, e);
            }
        }
    }

    /// <summary>Shape of a computed value, with a batch of one.</summary>
    public IReadOnlyList<long> this[string value] => _shapes[value];

    /// <summary>What is known of a node's inputs.</summary>
    public Operand?[] Operands(Node node) => [.. node.Inputs.Select(Known)];

    /// <summary>Multiplications-with-addition of a node for one image.</summary>
    public long MultiplyAdds(Node node) => node.Operator.MultiplyAdds(Operands(node), _shapes[node.Output]);

    private Operand? Known(string value) => value.Length == 0 ? null
        : _graph.Parameters.TryGetValue(value, out var parameter) ? new Operand(parameter.shape, parameter)
        : new Operand(_shapes[value], null);
}
