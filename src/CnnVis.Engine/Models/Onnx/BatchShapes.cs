using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Models.Onnx.Upgrades;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Shapes with the batch of the run in them, in one plain form: Concat of constants and of Shape of the input's first dimension.</summary>
/// <param name="input">Name of the graph's input.</param>
/// <param name="names">Gives names to new values.</param>
/// <param name="addParameter">Takes new constants.</param>
internal sealed class BatchShapes(string input, ValueNames names, Action<string, Tensor> addParameter)
{
    private readonly HashSet<string> _counts = new(StringComparer.Ordinal), _plain = new(StringComparer.Ordinal);

    /// <summary>Whether a value has this form already.</summary>
    public bool IsPlain(string value) => _plain.Contains(value);

    /// <summary>Remembers nodes of this form.</summary>
    /// <param name="node">A node of the graph.</param>
    /// <param name="constant">Whether a value is the same for any batch.</param>
    public void Follow(Node node, Predicate<string> constant)
    {
        if (node.Operator is ShapeOf && node.Inputs[0] == input && node.Operator.Attributes.Integer("start", 0) == 0 && node.Operator.Attributes.Integer("end", long.MaxValue) == 1)
        {
            _counts.Add(node.Output);
            _plain.Add(node.Output);
        }
        else if (node.Operator is Concat && node.Inputs.All(v => _counts.Contains(v) || constant(v))) _plain.Add(node.Output);
    }

    /// <summary>Nodes for a shape; the last gives it.</summary>
    /// <param name="value">What needs it: the start of new names.</param>
    /// <param name="extents">The other extents.</param>
    /// <param name="axis">Where the batch is.</param>
    public IReadOnlyList<Node> Make(string value, long[] extents, int axis)
    {
        Node count = Made("batch", new ShapeOf(new OperatorAttributes(("start", 0L), ("end", 1L))), input);
        if (extents.Length == 1) return [count];
        var parts = new List<string> { count.Output };
        if (axis > 0) parts.Insert(0, Parameter("before", extents[..axis]));
        if (axis < extents.Length - 1) parts.Add(Parameter("after", extents[(axis + 1)..]));
        return [count, Made("shape", new Concat(new OperatorAttributes(("axis", 0L))), [.. parts])];

        Node Made(string what, Operator @operator, params string[] values)
        {
            string name = names.Fresh($"{value}.{what}");
            return new Node(name, @operator, values, name);
        }

        string Parameter(string what, long[] numbers)
        {
            string name = names.Fresh($"{value}.{what}");
            addParameter(name, tensor(numbers).DetachFromDisposeScope());
            return name;
        }
    }
}
