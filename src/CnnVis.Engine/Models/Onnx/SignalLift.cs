using CnnVis.Engine.Models.Onnx.Upgrades;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Makes pictures of one row of a network's signals: values [N, C, T] become [N, C, 1, T], windows of k samples become such of 1 × k, so that a layer of a signal is a map like any other. What does not
/// know rows and columns gets its signal back in front of it, and the next convolution of a signal begins anew.
/// </summary>
internal sealed class SignalLift
{
    private static readonly HashSet<string> _windows = new(["Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool"], StringComparer.Ordinal);

    /// <summary>Operators that do the same on maps as on signals.</summary>
    private static readonly HashSet<string> _alike = new(
        [
            "BatchNormalization", "InstanceNormalization", "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "LRN", "Dropout", "Identity", "Cast", "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "Gelu", "Sigmoid",
            "HardSigmoid", "HardSwish", "Tanh", "Softplus", "Softsign", "Mish", "Clip", "ThresholdedRelu", "Neg", "Abs", "Sqrt", "Exp", "Log", "Erf", "QuantizeLinear", "DequantizeLinear",
        ], StringComparer.Ordinal);

    private static readonly HashSet<string> _arithmetic = new(["Add", "Sub", "Mul", "Div", "Pow", "PRelu", "Max", "Min", "Sum"], StringComparer.Ordinal);

    private readonly GraphProto _graph;
    private readonly ValueNames _names;
    private readonly HashSet<string> _lifted;
    private readonly Dictionary<string, string> _lowered = new(StringComparer.Ordinal), _widened = new(StringComparer.Ordinal);
    private readonly List<NodeProto> _nodes = [];

    private SignalLift(GraphProto graph, string signal) => (_graph, _names, _lifted) = (graph, new ValueNames(graph), new HashSet<string>(StringComparer.Ordinal) { signal });

    /// <summary>Changes the graph in place.</summary>
    /// <param name="graph">Its input <paramref name="signal"/> is given as [N, C, 1, T] from now on.</param>
    /// <param name="signal">Name of the value, [N, C, T] so far.</param>
    public static void Apply(GraphProto graph, string signal)
    {
        var lift = new SignalLift(graph, signal);
        foreach (NodeProto node in graph.Node) lift.Add(node);
        graph.Node.Clear();
        graph.Node.AddRange(lift._nodes);
    }

    private void Add(NodeProto node)
    {
        bool begins = node.OpType is "Conv" or "ConvTranspose" && node.Input.Count > 1 && _names.Constant(node.Input[1])?.Dims.Count == 3;
        bool takes = node.Input.Any(_lifted.Contains);
        if (!takes && !begins) Keep(node);
        else if (_windows.Contains(node.OpType) && (_lifted.Contains(node.Input[0]) || begins)) AddWindow(node);
        else if (_alike.Contains(node.OpType) && _lifted.Contains(node.Input[0]) && !node.Input.Skip(1).Any(_lifted.Contains)) AddLifted(node);
        else if (_arithmetic.Contains(node.OpType) && node.Input.All(v => _lifted.Contains(v) || _names.Constant(v) is not null)) AddArithmetic(node);
        else if (node.OpType == "Concat" && node.Input.All(_lifted.Contains) && node.Attribute.FirstOrDefault(a => a.Name == "axis") is { I: 1 or 2 or -1 or -2 } axis)
        {
            axis.I = axis.I is 2 ? 3 : axis.I is -2 ? 1 : axis.I;
            AddLifted(node);
        }
        else if (node.OpType == "Flatten" && (node.Attribute.FirstOrDefault(a => a.Name == "axis")?.I ?? 1) == 1) _nodes.Add(node); // the same values
        else Keep(node);
    }

    /// <summary>A node that takes signals, as they were.</summary>
    private void Keep(NodeProto node)
    {
        for (int i = 0; i < node.Input.Count; i++)
            if (_lifted.Contains(node.Input[i])) node.Input[i] = Reshaped(_lowered, node.Input[i], "signal", [0, 0, -1]);
        _nodes.Add(node);
    }

    private void AddLifted(NodeProto node)
    {
        _nodes.Add(node);
        _lifted.UnionWith(node.Output.Where(o => o.Length > 0));
    }

    private void AddWindow(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
            switch (attribute.Name)
            {
                case "kernel_shape" or "strides" or "dilations" when attribute.Ints.Count == 1: attribute.Ints.Insert(0, 1); break;
                case "output_padding" when attribute.Ints.Count == 1: attribute.Ints.Insert(0, 0); break;
                case "output_shape" when attribute.Ints.Count == 1: attribute.Ints.Insert(0, 1); break;
                case "pads" when attribute.Ints.Count == 2:
                    attribute.Ints.Insert(1, 0);
                    attribute.Ints.Insert(0, 0);
                    break;
            }
        if (!_lifted.Contains(node.Input[0])) node.Input[0] = Reshaped(_widened, node.Input[0], "row", [0, 0, 1, -1]);
        if (node.OpType.StartsWith("Conv", StringComparison.Ordinal)) node.Input[1] = Weights(node.Input[1]);
        AddLifted(node);
    }

    private void AddArithmetic(NodeProto node)
    {
        for (int i = 0; i < node.Input.Count; i++)
            if (!_lifted.Contains(node.Input[i]) && _names.Constant(node.Input[i])!.Dims.Count is >= 2 and <= 3 and var rank) node.Input[i] = Reshaped(_widened, node.Input[i], "row", [.. Enumerable.Repeat(0L, rank - 1), 1, -1]);
        AddLifted(node);
    }

    /// <summary>Weights [M, C, k] as [M, C, 1, k]: in place where only one node takes them.</summary>
    private string Weights(string name)
    {
        if (_graph.Initializer.FirstOrDefault(i => i.Name == name) is not { Dims.Count: 3 } held || _graph.Node.Sum(n => n.Input.Count(v => v == name)) > 1) return Reshaped(_widened, name, "row", [0, 0, 1, -1]);
        held.Dims.Insert(2, 1);
        return name;
    }

    private string Reshaped(Dictionary<string, string> known, string value, string kind, long[] shape)
    {
        if (known.TryGetValue(value, out string? reshaped)) return reshaped;
        reshaped = known[value] = _names.Fresh($"{value}.{kind}");
        string target = _names.Fresh($"{reshaped}.shape");
        var numbers = new TensorProto { Name = target, DataType = (int)TensorProto.Types.DataType.Int64, Dims = { shape.Length } };
        numbers.Int64Data.AddRange(shape);
        _graph.Initializer.Add(numbers);
        _nodes.Add(new NodeProto { Name = reshaped, OpType = "Reshape", Input = { value, target }, Output = { reshaped } });
        return reshaped;
    }
}
