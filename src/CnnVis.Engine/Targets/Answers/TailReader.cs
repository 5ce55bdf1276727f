using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Answers;

/// <summary>Finds the Softmax or Sigmoid near the end of a graph, behind whatever changes only the layout or next to nothing, and however it is spelled.</summary>
/// <param name="graph">The graph.</param>
/// <param name="shapes">Its shapes.</param>
internal sealed class TailReader(Graph graph, ShapeWalk shapes)
{
    /// <summary>Operators that change how numbers are laid out, not what they are.</summary>
    private static readonly HashSet<string> _layout = new(["Flatten", "Reshape", "Squeeze", "Unsqueeze", "Identity", "Dropout", "Transpose", "Cast", "CastLike", "QuantizeLinear", "DequantizeLinear", "Expand"], StringComparer.Ordinal);

    /// <summary>Operators that move numbers, pick, drop or put them together.</summary>
    private static readonly HashSet<string> _moving = new(["Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Expand", "Gather", "Slice", "Split", "Concat"], StringComparer.Ordinal);

    /// <summary>What is added to probabilities so that none is 0 is at most this.</summary>
    private const double LeastAdded = 1e-3;

    /// <summary>How a value says probabilities.</summary>
    public Tail Read(string value) => Read(value, 0);

    /// <summary>The node that makes a value what it is, layout and scalar factors passed over.</summary>
    /// <param name="value">The value.</param>
    /// <param name="scaled">Whether factors or offsets were passed over that change it.</param>
    public Node? Maker(string value, out bool scaled)
    {
        scaled = false;
        while (Node(value) is { } node)
        {
            if (_layout.Contains(node.Operator.Type)) value = node.Inputs[0];
            else if (Scalar(node) is { } scalar)
            {
                scaled |= !IsNeutral(node, scalar.Number);
                value = scalar.Other;
            }
            else return node;
        }
        return null;
    }

    /// <summary>The node that gives a value.</summary>
    public Node? Node(string value) => graph.Producer(value) is >= 0 and var at ? graph.Nodes[at] : null;

    /// <summary>Whether the graph has it as a parameter.</summary>
    public bool IsParameter(string value) => graph.Parameters.ContainsKey(value);

    private Tail Read(string value, int depth)
    {
        if (depth > 64 || Node(value) is not { } node) return Tail.None;
        string First() => node.Inputs[0];
        Tail Below() => Read(First(), depth + 1);
        switch (node.Operator.Type)
        {
            case "Softmax": return new Tail(TailKind.Softmax, First(), AxisOf(node));
            case "LogSoftmax": return new Tail(TailKind.LogSoftmax, First(), AxisOf(node));
            case "Sigmoid": return new Tail(TailKind.Sigmoid, First());
            case "HardSigmoid": return new Tail(TailKind.Sigmoid, IsNear(node.Operator.Attributes.Number("beta", 0.5f), 0.5) ? First() : null, IsPlain: false);
            case "Transpose": return Below() is { Axis: >= 0 } below ? below with { Axis = Turned(node, below.Axis) } : Below();
            case "Squeeze" or "Unsqueeze" or "Reshape" or "Flatten" or "Expand":
                return Below() is var moved && shapes[node.Output].SequenceEqual(Shape(First())) ? moved : Laid(moved, Shape(First()), shapes[node.Output]);
            case "Resize" or "AveragePool" or "GlobalAveragePool": return Spread(node, Below());
            case "GlobalMaxPool" or "MaxPool" or "ReduceMax": return Below() is { Kind: TailKind.Sigmoid } most ? most with { Logits = null, IsPlain = false, IsRouted = false } : Tail.None;
            case "QuantizeLinear" or "DequantizeLinear": return Below() with { IsPlain = false };
            case "Clip": return IsWide(node) && Below() is { Kind: not (TailKind.LogSoftmax or TailKind.None) } cut ? cut with { IsPlain = false } : HardLogistic(node, 1);
            case "Max" or "Min" when node.Inputs.Count == 2: return Bounded(node, depth);
            case "Gather" or "Slice" or "Split": return node.Inputs.Skip(1).All(i => i.Length == 0 || IsParameter(i)) && Below() is { Kind: not TailKind.None } routed ? Picked(node, routed) : Tail.None;
            case "MatMul" or "Gemm": return Merged(node, Below());
            case "Concat": return Joined(node, depth);
            case "ReduceMean": return Stacked(node, depth) is { Kind: not TailKind.None } mean ? mean : OverPlaces(node, Below());
            case "LpNormalization": return node.Operator.Attributes.Integer("p", 2) == 1 && Node(First()) is { Operator.Type: "Exp" } power ? new Tail(TailKind.Softmax, Unshifted(power.Inputs[0]), AxisOf(node), IsPlain: false) : Tail.None;
            case "Log": return Below() is { Kind: TailKind.Softmax } p ? p with { Kind = TailKind.LogSoftmax } : Tail.None;
            case "Exp": return Below() is { Kind: TailKind.LogSoftmax } log ? log with { Kind = TailKind.Softmax } : Tail.None;
            case var type when _layout.Contains(type): return Below();
            case "Reciprocal": return LogisticOf(First());
            case "Mean": return Averaged(node.Inputs, 1.0 / node.Inputs.Count, depth);
        }
        if (Logistic(value, depth) is { } logistic) return logistic;
        if (Scalar(node) is { } scalar)
        {
            if (IsNeutral(node, scalar.Number)) return Read(scalar.Other, depth + 1);
            if (node.Operator.Type == "Add" && scalar.Number is > 0 and <= LeastAdded && Read(scalar.Other, depth + 1) is { Kind: TailKind.Softmax or TailKind.Sigmoid, Scale: 1 } kept) return kept with { IsPlain = false };
            if (node.Operator.Type == "Div" && IsParameter(First())) return scalar.Number == 1 ? LogisticOf(node.Inputs[1]) : Tail.None;
            if (node.Operator.Type == "Pow" && !IsParameter(First())) return scalar.Number == -1 ? LogisticOf(First()) : Tail.None;
            if (node.Operator.Type is "Mul" or "Div" && Node(scalar.Other) is { Operator.Type: "Add" or "Sum" } sum)
                return Averaged(Terms(sum, depth), node.Operator.Type == "Mul" ? scalar.Number : 1 / scalar.Number, depth);
            if (scalar.Number > 0 && (node.Operator.Type == "Mul" || node.Operator.Type == "Div" && IsParameter(node.Inputs[1])) && Read(scalar.Other, depth + 1) is { Kind: TailKind.Softmax } scaled) // a Sigmoid times a number is one from 0 to that
                return scaled with { IsPlain = false, Scale = scaled.Scale * (node.Operator.Type == "Mul" ? scalar.Number : 1 / scalar.Number) };
            return Tail.None;
        }
        return node.Operator.Type switch
        {
            "Div" => Quotient(First(), node.Inputs[1]),
            "Mul" => Node(node.Inputs[1]) is { Operator.Type: "Reciprocal" } r ? Quotient(First(), r.Inputs[0]) : Node(First()) is { Operator.Type: "Reciprocal" } l ? Quotient(node.Inputs[1], l.Inputs[0]) : Tail.None,
            "Sub" => Difference(First(), node.Inputs[1]),
            "Add" => Halves(node, depth) is { Kind: not TailKind.None } halves ? halves : Averaged(Terms(node, depth), 1, depth),
            _ => Tail.None,
        };
    }

    /// <summary>
    /// The logits of a tail: what its operator is given, with what is done to its probabilities done to these too, where that only picks, drops or puts together; null where there are none.
    /// </summary>
    /// <param name="value">The tail's value.</param>
    /// <param name="tail">What <see cref="Read(string)"/> says of it.</param>
    /// <param name="editor">Takes the nodes that do it.</param>
    public string? Logits(string value, Tail tail, GraphEditor editor) =>
        tail.Kind == TailKind.Heads ? null : tail.IsRouted || tail.Logits is { } below && (Shape(below).Length, Shape(value).Length) == (4, 4) && !Shape(below).AsSpan().SequenceEqual(Shape(value)) ? Routed(value, editor, 0) : Multiplied(tail, editor);

    private string? Routed(string value, GraphEditor editor, int depth)
    {
        if (depth > 64 || Node(value) is not { } node || Read(value) is not { Kind: not TailKind.None } tail) return null;
        if (node.Operator.Type is "Softmax" or "LogSoftmax" or "Sigmoid") return node.Inputs[0];
        bool moves = _moving.Contains(node.Operator.Type);
        if (!moves && !tail.IsRouted && tail.Logits is { } below && Shape(below).AsSpan().SequenceEqual(Shape(value))) return Multiplied(tail, editor);
        string?[] inputs = [.. node.Inputs.Select(i => i.Length == 0 || IsParameter(i) ? i : Read(i, 0).Kind == TailKind.None ? moves && node.Operator.Type != "Concat" && i != node.Inputs[0] ? i : null : Routed(i, editor, depth + 1))];
        if (Array.Exists(inputs, i => i is null)) return null;
        if (!moves) return inputs.Where(i => i!.Length > 0 && !IsParameter(i)).ToArray() is [var only] ? only : null; // cut, rounded or scaled
        string name = editor.Unused("logits.routed");
        editor.Added.Add(new Node(name, node.Operator, [.. inputs.Select(i => i!)], name));
        return name;
    }

    private static string? Multiplied(Tail tail, GraphEditor editor) =>
        tail.Logits is null || tail.LogitFactor == 1 ? tail.Logits : editor.Add("logits.whole", "Mul", [tail.Logits, editor.Constant("logits.factor", tensor((float)tail.LogitFactor))]);

    /// <summary>What a change of layout leaves: where it takes the axis of a Softmax apart or together with others, there are several side by side.</summary>
    private static Tail Laid(Tail tail, long[] before, IReadOnlyList<long> after)
    {
        int axis = Moved(tail.Axis, before, after);
        return axis < 0 && tail is { Kind: TailKind.Softmax, Axis: >= 0 } && before[tail.Axis] > 1 ? Heads(-1) : tail with { Axis = axis };
    }

    private static Tail Heads(int axis) => new(TailKind.Heads, null, axis, IsPlain: false);

    /// <summary>Means of neighbouring places, of which each has probabilities of its own.</summary>
    private Tail Spread(Node node, Tail below) =>
        below.Kind is TailKind.Sigmoid or TailKind.Heads || below is { Kind: TailKind.Softmax, Axis: >= 0 } && shapes[node.Output][below.Axis] == Shape(node.Inputs[0])[below.Axis]
            ? below with { Logits = null, IsPlain = false, IsRouted = false } : Tail.None;

    /// <summary>The mean over places, of which each has probabilities of its own.</summary>
    private Tail OverPlaces(Node node, Tail below)
    {
        int rank = Shape(node.Inputs[0]).Length;
        if (below.Kind is not (TailKind.Softmax or TailKind.Sigmoid) || node.Inputs.Count < 2 || !graph.Parameters.TryGetValue(node.Inputs[1], out Tensor? axes) || axes.device_type == DeviceType.META) return Tail.None;
        using Tensor numbers = axes.to(ScalarType.Int64).cpu().contiguous();
        int[] gone = [.. numbers.data<long>().ToArray().Select(a => (int)(a < 0 ? a + rank : a))];
        if (below.Kind == TailKind.Softmax && (below.Axis < 0 || gone.Contains(below.Axis))) return Tail.None;
        bool isKept = shapes[node.Output].Count == rank;
        return below with { Logits = null, IsPlain = false, IsRouted = false, Axis = isKept || below.Axis < 0 ? below.Axis : below.Axis - gone.Count(a => a < below.Axis) };
    }

    /// <summary>A Sigmoid written as ½ + ½ tanh(z / 2), one that is turned (1 − p), and a piecewise linear one.</summary>
    private Tail? Logistic(string value, int depth)
    {
        var (factor, offset, of) = Affine(value);
        if (of == value || Node(of) is not { } node) return null;
        if (node.Operator.Type == "Tanh" && IsNear(Math.Abs(factor), 0.5) && IsNear(offset, 0.5)) return Sigmoid(node.Inputs[0], factor > 0 ? 2 : -2);
        if (node.Operator.Type == "Clip" && IsNear(offset, 0) && HardLogistic(node, factor) is { Kind: TailKind.Sigmoid } hard) return hard;
        return IsNear(factor, -1) && IsNear(offset, 1) && Read(of, depth + 1) is { Kind: TailKind.Sigmoid, Scale: 1, IsRouted: false } turned ? turned with { LogitFactor = -turned.LogitFactor, IsPlain = false } : null;
    }

    /// <summary>clip(a · z + h / 2, 0, h) times 1 / h.</summary>
    private Tail HardLogistic(Node clip, double factor)
    {
        if (clip.Inputs.Count < 3 || clip.Inputs[1].Length == 0 || Number(clip.Inputs[1]) is not 0 || Number(clip.Inputs[2]) is not { } high || !IsNear(high * factor, 1)) return Tail.None;
        string inside = Node(clip.Inputs[0]) is { Operator.Type: "Relu" } relu ? relu.Inputs[0] : clip.Inputs[0];
        var (slope, half, z) = Affine(inside);
        return slope > 0 && z != inside && IsNear(half / high, 0.5) ? new Tail(TailKind.Sigmoid, z, IsPlain: false) : Tail.None;
    }

    /// <summary>The Sigmoid of a value times a factor; of what that is a multiple of, where the two cancel.</summary>
    private Tail Sigmoid(string value, double factor)
    {
        var (inner, offset, of) = Affine(value);
        return offset == 0 && inner * factor == 1 ? new Tail(TailKind.Sigmoid, of, IsPlain: false) : new Tail(TailKind.Sigmoid, value, IsPlain: false) { LogitFactor = factor };
    }

    /// <summary>A value as factor · another + offset, with scalars.</summary>
    private (double Factor, double Offset, string Of) Affine(string value)
    {
        double factor = 1, offset = 0;
        while (Node(value) is { } node)
        {
            string type = node.Operator.Type;
            if (type is "Identity" or "Dropout") value = node.Inputs[0];
            else if (type == "Neg") (factor, value) = (-factor, node.Inputs[0]);
            else if (type is "Mul" or "Div" or "Add" or "Sub" && Scalar(node) is { } scalar && !(type == "Div" && IsParameter(node.Inputs[0])))
            {
                if (type is "Mul" or "Div") factor *= type == "Mul" ? scalar.Number : 1 / scalar.Number;
                else
                {
                    bool isLess = type == "Sub" && !IsParameter(node.Inputs[0]);
                    offset += isLess ? -factor * scalar.Number : factor * scalar.Number;
                    if (type == "Sub" && !isLess) factor = -factor;
                }
                value = scalar.Other;
            }
            else break;
        }
        return (factor, offset, value);
    }

    private static bool IsNear(double number, double wanted) => Math.Abs(number - wanted) < 1e-6;

    /// <summary>What is left where some are picked; of one place, without its axis.</summary>
    private Tail Picked(Node node, Tail tail)
    {
        int lost = Shape(node.Inputs[0]).Length - shapes[node.Output].Count, axis = (int)node.Operator.Attributes.Integer("axis", 0);
        if (lost is not (0 or 1) || lost == 1 && node.Operator.Type != "Gather") return Tail.None;
        if (axis < 0) axis += Shape(node.Inputs[0]).Length;
        return tail with { IsPlain = false, IsRouted = true, Axis = lost == 0 || tail.Axis < axis ? tail.Axis : tail.Axis == axis ? -1 : tail.Axis - 1 };
    }

    /// <summary>Probabilities times a matrix that gives each away whole, such as of classes put together: those of other classes.</summary>
    private Tail Merged(Node node, Tail below)
    {
        if (below is not { Kind: TailKind.Softmax, Scale: 1 } || below.Axis != Shape(node.Inputs[0]).Length - 1 || !graph.Parameters.TryGetValue(node.Inputs[1], out Tensor? matrix) || matrix.dim() != 2 || matrix.device_type == DeviceType.META || matrix.NumberOfElements > 1 << 22) return Tail.None;
        var of = node.Operator.Attributes;
        if (node.Operator.Type == "Gemm" && (node.Inputs.Count > 2 || of.Number("alpha", 1) != 1 || of.Integer("transA", 0) != 0)) return Tail.None;
        using var scope = NewDisposeScope();
        Tensor given = node.Operator.Type == "Gemm" && of.Integer("transB", 0) != 0 ? matrix.t() : matrix;
        return given.shape[1] > 1 && given.ge(0).all().item<bool>() && (given.sum(1) - 1).abs().max().to(ScalarType.Float64).item<double>() < 1e-4
            ? new Tail(TailKind.Softmax, null, shapes[node.Output].Count - 1, IsPlain: false) : Tail.None;
    }

    /// <summary>max(p, a little), min(p, nearly 1).</summary>
    private Tail Bounded(Node node, int depth)
    {
        for (int i = 0; i < 2; i++)
            if (Number(node.Inputs[i]) is { } bound && (node.Operator.Type == "Max" ? bound <= 0.01 : bound >= 0.99) && Read(node.Inputs[1 - i], depth + 1) is { Kind: TailKind.Softmax or TailKind.Sigmoid } tail) return tail with { IsPlain = false };
        return Tail.None;
    }

    /// <summary>Sigmoids side by side; pieces of one Softmax; p and 1 − p; Softmaxes side by side.</summary>
    private Tail Joined(Node node, int depth)
    {
        int axis = AxisOf(node);
        Tail[] parts = [.. node.Inputs.Select(i => Read(i, depth + 1))];
        if (parts[0].Kind is TailKind.Softmax or TailKind.LogSoftmax && parts.All(p => p.Kind == parts[0].Kind && p.Logits is not null && p.Logits == parts[0].Logits && p.Scale == parts[0].Scale && p.Axis == axis))
            return parts[0] with { IsPlain = false, IsRouted = true };
        // Two classes of one Sigmoid.
        if (node.Inputs is [var first, var second] && Shape(first)[axis] == 1 && (IsComplement(first, second) && parts[1].Kind == TailKind.Sigmoid || IsComplement(second, first) && parts[0].Kind == TailKind.Sigmoid))
            return new Tail(TailKind.Softmax, null, axis, IsPlain: false);
        if (parts.All(p => p is { Kind: TailKind.Sigmoid, Scale: 1 })) return parts[0] with { Logits = null, Axis = -1, IsPlain = false, IsRouted = true };
        return parts.All(p => p is { Kind: TailKind.Softmax or TailKind.Sigmoid or TailKind.Heads, Scale: 1 }) ? Heads(axis) : Tail.None;
    }

    /// <summary>Whether a value is 1 minus another.</summary>
    private bool IsComplement(string value, string of) => Node(value) is { Operator.Type: "Sub" } node && Number(node.Inputs[0]) == 1 && node.Inputs[1] == of;

    /// <summary>The mean over several that were put side by side for it.</summary>
    private Tail Stacked(Node node, int depth)
    {
        int axis = Reduced(node);
        if (axis < 0 || Node(node.Inputs[0]) is not { Operator.Type: "Concat" } concat || AxisOf(concat) != axis || concat.Inputs.Any(i => Shape(i)[axis] != 1)) return Tail.None;
        Tail mean = Averaged(concat.Inputs, 1.0 / concat.Inputs.Count, depth);
        bool isKept = shapes[node.Output].Count == Shape(node.Inputs[0]).Length;
        return isKept || mean.Axis < 0 ? mean : mean.Axis == axis ? mean with { Axis = -1 } : mean with { Axis = mean.Axis - (mean.Axis > axis ? 1 : 0), Logits = null };
    }

    /// <summary>e / Σ e with e = exp(z), e / (1 + e), and whatever else is not negative over its sum, of which the logits are the logarithms.</summary>
    private Tail Quotient(string above, string below)
    {
        if (Node(above) is { Operator.Type: "Exp" } power && Affine(below) is (1, 1, var e) && e == above) return Sigmoid(power.Inputs[0], 1);
        string whole = Unlaid(below);
        if (Node(whole) is { Operator.Type: "Add" or "Max" or "Clip" } guard && guard.Inputs.Where(i => Number(i) is not null).All(i => Number(i) <= LeastAdded)) whole = Unlaid(guard.Inputs.First(i => !IsParameter(i)));
        if (Node(whole) is not { Operator.Type: "ReduceSum" or "ReduceL1" } sum || sum.Inputs[0] != above || Reduced(sum) is var axis && axis < 0) return Tail.None;
        return Node(above) is { Operator.Type: "Exp" } exp ? new Tail(TailKind.Softmax, Unshifted(exp.Inputs[0]), axis, IsPlain: false)
            : IsNeverNegative(above, 0) ? new Tail(TailKind.Softmax, null, axis, IsPlain: false) : Tail.None;
    }

    /// <summary>Whether no picture makes a value negative.</summary>
    private bool IsNeverNegative(string value, int depth)
    {
        if (graph.Parameters.TryGetValue(value, out Tensor? parameter)) return parameter.device_type != DeviceType.META && parameter.NumberOfElements is > 0 and <= 1 << 20 && parameter.min().ToSingle() >= 0;
        if (depth > 16 || Node(value) is not { } node) return false;
        return node.Operator.Type switch
        {
            "Exp" or "Softplus" or "Sigmoid" or "HardSigmoid" or "Softmax" or "Relu" or "Abs" => true,
            "Clip" => node.Inputs.Count > 1 && Number(node.Inputs[1]) >= 0,
            "Pow" => Number(node.Inputs[0]) > 0 || Number(node.Inputs[1]) is { } power && power % 2 == 0,
            "Mul" when node.Inputs[0] == node.Inputs[1] => true,
            "Add" or "Mul" or "Max" => node.Inputs.All(i => IsNeverNegative(i, depth + 1)),
            var type => _layout.Contains(type) && IsNeverNegative(node.Inputs[0], depth + 1),
        };
    }

    /// <summary>z − log Σ exp(z).</summary>
    private Tail Difference(string above, string below)
    {
        if (Node(Unlaid(below)) is { Operator.Type: "ReduceLogSumExp" } whole && whole.Inputs[0] == above) return new Tail(TailKind.LogSoftmax, Unshifted(above), Reduced(whole), IsPlain: false);
        return Node(Unlaid(below)) is { Operator.Type: "Log" } log && Node(log.Inputs[0]) is { Operator.Type: "ReduceSum" } sum && Node(sum.Inputs[0]) is { Operator.Type: "Exp" } exp && exp.Inputs[0] == above
            ? new Tail(TailKind.LogSoftmax, Unshifted(above), Reduced(sum), IsPlain: false) : Tail.None;
    }

    /// <summary>1 / (1 + exp(−z)), of what stands below.</summary>
    private Tail LogisticOf(string below) =>
        Affine(below) is (1, 1, var power) && Node(power) is { Operator.Type: "Exp" } exp ? Sigmoid(exp.Inputs[0], -1) : Tail.None;

    /// <summary>½ p + ½ q.</summary>
    private Tail Halves(Node node, int depth)
    {
        double total = 0;
        var halves = new List<string>();
        foreach (string input in node.Inputs)
        {
            if (Node(input) is not { Operator.Type: "Mul" or "Div" } factor || Scalar(factor) is not { } scalar) return Tail.None;
            total += factor.Operator.Type == "Mul" ? scalar.Number : 1 / scalar.Number;
            halves.Add(scalar.Other);
        }
        return Math.Abs(total - 1) < 1e-5 ? Averaged(halves, 1.0 / halves.Count, depth) : Tail.None;
    }

    /// <summary>A factor times the sum of several; of Softmaxes, that may be more or less than their mean.</summary>
    private Tail Averaged(IReadOnlyList<string> inputs, double factor, int depth)
    {
        double scale = factor * inputs.Count;
        bool isMean = Math.Abs(scale - 1) < 1e-5;
        if (inputs.Count < 2 || scale <= 0) return Tail.None;
        Tail[] parts = [.. inputs.Select(i => Read(i, depth + 1))];
        if (parts[0].Kind != TailKind.Softmax && !(parts[0].Kind == TailKind.Sigmoid && isMean) || !parts.All(p => p.Kind == parts[0].Kind && p.Axis == parts[0].Axis && p.Scale == parts[0].Scale)) return Tail.None;
        bool isOne = parts.All(p => !p.IsRouted && p.Logits == parts[0].Logits && p.LogitFactor == parts[0].LogitFactor);
        return parts[0] with { Logits = isOne ? parts[0].Logits : null, LogitFactor = isOne ? parts[0].LogitFactor : 1, Scale = isMean ? parts[0].Scale : parts[0].Scale * scale, IsPlain = false, IsRouted = false };
    }

    /// <summary>The terms of a sum of sums.</summary>
    private IReadOnlyList<string> Terms(Node sum, int depth) =>
        depth > 8 ? sum.Inputs : [.. sum.Inputs.SelectMany(i => Node(i) is { Operator.Type: "Add" or "Sum" } inner && Scalar(inner) is null ? Terms(inner, depth + 1) : [i])];

    /// <summary>z where a value is z − max z.</summary>
    private string Unshifted(string value) =>
        Node(value) is { Operator.Type: "Sub" } sub && Node(Unlaid(sub.Inputs[1])) is { Operator.Type: "ReduceMax" } most && most.Inputs[0] == sub.Inputs[0] ? sub.Inputs[0] : value;

    private string Unlaid(string value)
    {
        while (Node(value) is { } node && _layout.Contains(node.Operator.Type)) value = node.Inputs[0];
        return value;
    }

    private long[] Shape(string value) => value == graph.Input ? [.. graph.InputShape] : IsParameter(value) ? graph.Parameters[value].shape : [.. shapes[value]];

    private int AxisOf(Node node)
    {
        int rank = Shape(node.Inputs[0]).Length, axis = (int)node.Operator.Attributes.Integer("axis", -1);
        return axis < 0 ? axis + rank : axis;
    }

    private int Reduced(Node node)
    {
        int rank = Shape(node.Inputs[0]).Length;
        if (node.Inputs.Count < 2 || !graph.Parameters.TryGetValue(node.Inputs[1], out Tensor? axes) || axes.NumberOfElements != 1) return -1;
        using Tensor number = axes.to(ScalarType.Int64).cpu().reshape(1);
        int axis = (int)number.data<long>()[0];
        return axis < 0 ? axis + rank : axis;
    }

    private static int Turned(Node node, int axis)
    {
        long[]? order = node.Operator.Attributes.Integers("perm");
        return order is null ? -1 : Array.IndexOf(order, axis);
    }

    /// <summary>Where an axis is after a change of layout that keeps it whole.</summary>
    private static int Moved(int axis, IReadOnlyList<long> before, IReadOnlyList<long> after)
    {
        if (axis < 0 || axis >= before.Count) return -1;
        long ahead = before.Take(axis).Aggregate(1L, (a, b) => a * b), seen = 1;
        for (int i = 0; i < after.Count; i++)
        {
            if (seen == ahead && after[i] == before[axis]) return i;
            seen *= after[i];
        }
        return -1;
    }

    /// <summary>The one number that a node adds or multiplies by, and the other operand; null where there is none.</summary>
    private (double Number, string Other)? Scalar(Node node)
    {
        if (node.Operator.Type is not ("Mul" or "Div" or "Add" or "Sub" or "Pow") || node.Inputs.Count != 2) return null;
        for (int i = 0; i < 2; i++)
            if (Number(node.Inputs[i]) is { } number && !IsParameter(node.Inputs[1 - i])) return (number, node.Inputs[1 - i]);
        return null;
    }

    private double? Number(string value)
    {
        if (!graph.Parameters.TryGetValue(value, out Tensor? parameter) || parameter.NumberOfElements != 1 || parameter.device_type == DeviceType.META) return null;
        using Tensor number = parameter.to(ScalarType.Float64).cpu().reshape(1);
        return number.data<double>()[0];
    }

    private bool IsNeutral(Node node, double number) => node.Operator.Type switch
    {
        "Mul" or "Pow" => number == 1 && !(node.Operator.Type == "Pow" && IsParameter(node.Inputs[0])),
        "Div" => number == 1 && IsParameter(node.Inputs[1]),
        "Add" => number == 0,
        _ => number == 0 && IsParameter(node.Inputs[1]),
    };

    /// <summary>Whether bounds cut only the ends of [0, 1].</summary>
    private bool IsWide(Node node) =>
        (node.Inputs.Count < 2 || node.Inputs[1].Length == 0 || Number(node.Inputs[1]) is <= 0.01) && (node.Inputs.Count < 3 || node.Inputs[2].Length == 0 || Number(node.Inputs[2]) is >= 0.99);
}
