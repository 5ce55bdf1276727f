namespace CnnVis.Engine.Graphs.Walks;

/// <summary>What is known of every node before anything runs: its inputs, the shape of its output for one image, its share of the work.</summary>
public sealed class ShapeWalk
{
    /// <summary>The most numbers that one value may hold: 8 GiB of them.</summary>
    private const long LargestValue = int.MaxValue;

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
                _shapes[node.Output] = Checked(node.Operator.Shape(Operands(node)));
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

    private static long[] Checked(long[] shape)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            if (extent > 0 && count > LargestValue / extent)
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"the value would have the shape [{string.Join(", ", shape)}], which is too large.", shape);
            count *= Math.Max(extent, 1);
        }
        return shape;
    }

    private Operand? Known(string value) => value.Length == 0 ? null
        : _graph.Parameters.TryGetValue(value, out var parameter) ? new Operand(parameter.shape, parameter)
        : new Operand(_shapes[value], null);
}
