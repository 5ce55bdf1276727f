using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;

namespace CnnVis.Engine.Targets.Answers;

/// <summary>
/// Finds out what kind of answer a network gives. In this order: what the user says · Softmax or LogSoftmax near the end: classes; several of them side by side, whose probabilities
/// do not compete, or Sigmoids: labels, or one: yes or no; any over rows and columns: a segmentation · several maps from a convolution: a segmentation · one linear number: yes or no ·
/// as many numbers as there are labels: classes · pooled, flattened, normalised or rectified features behind which no linear layer comes: a code, unless they are maps of
/// a convolution that are averaged (as in NiN, whose last convolution is the classifier), or 1,000 or 1,001 (ImageNet's, as in SqueezeNet) · the numbers of several heads side by side: numbers · a function of a linear layer that no
/// classifier ends in: numbers · a linear layer: classes · whatever else: outputs.
/// </summary>
/// <param name="graph">The file's graph.</param>
/// <param name="shapes">Its shapes.</param>
/// <param name="labels">How many labels are given; null for none.</param>
internal sealed class AnswerFinder(Graph graph, ShapeWalk shapes, int? labels)
{
    private static readonly HashSet<string> _wholes = new(["ArgMax", "ArgMin", "Shape", "Size", "NonZero", "NonMaxSuppression", "Hardmax", "OneHot", "Sign"], StringComparer.Ordinal);
    private static readonly HashSet<string> _curves = new(["Sigmoid", "HardSigmoid", "Softmax", "LogSoftmax", "Tanh", "Softplus", "Softsign", "Exp", "Log", "Sqrt", "Pow", "Abs", "Neg", "Reciprocal", "Cos", "Sin", "Tan", "Floor", "Ceil", "Round"], StringComparer.Ordinal);

    private readonly TailReader _reader = new(graph, shapes);

    /// <summary>The end of the answer.</summary>
    public Tail Tail { get; } = new TailReader(graph, shapes).Read(graph.Output);

    /// <summary>The shape of the answer for one picture.</summary>
    public IReadOnlyList<long> Shape { get; } = [.. shapes[graph.Output]];

    /// <summary>Axes with rows and columns: those behind the batch with more than one place, where there are three of them or, of four dimensions, two beside one channel.</summary>
    public bool IsMap => Shape.Count == 4 && Tall > 1;

    /// <summary>Axis of the classes of a segmentation.</summary>
    public int ClassAxis => Tail is { Kind: TailKind.Softmax or TailKind.LogSoftmax, Axis: 1 or 3 } ? Tail.Axis : IsTurned ? 3 : 1;

    /// <summary>The kind, and why.</summary>
    /// <param name="asked">What the user, the catalog or the file says; null for nothing.</param>
    /// <param name="outputs">Outputs of the file.</param>
    /// <exception cref="CnnVisException">The answer is nothing that can be explained.</exception>
    public (AnswerKind Kind, string Reason) Find(AnswerKind? asked, int outputs)
    {
        Refuse();
        if (asked is { } kind) return (Fitting(kind), "it was stated: by -Answer, by the catalog, or in the file itself");
        string shape = $"[{string.Join(", ", Shape.Skip(Shape.Count > 1 ? 1 : 0))}]";
        if (IsVector) return Vector();
        if (IsMap && (outputs == 1 || graph.Outputs.All(o => shapes[o].SequenceEqual(Shape)))) return Map(shape); // an auxiliary head's maps beside it
        if (IsMap && Tail.Kind is not TailKind.None) return Map(shape);
        return (AnswerKind.Outputs, outputs > 1 ? $"it has {outputs} outputs, and the first, {shape} a picture, is neither classes nor a map of them" : $"its output is {shape} a picture, which is neither classes nor a map of them");
    }

    /// <summary>Whether a value's numbers are fractions, which can be explained; not whole numbers or truth values.</summary>
    public bool IsFraction(string value) => Whole(value) is null;

    /// <summary>Name of the value that holds the answer's logits; null where there is none.</summary>
    /// <param name="editor">Takes the nodes that it may need.</param>
    public string? Logits(GraphEditor editor) => _reader.Logits(graph.Output, Tail, editor);

    /// <summary>Numbers of a vector.</summary>
    public long Length => Shape.Aggregate(1L, (a, b) => a * b);

    private bool IsVector => Shape.Count(d => d > 1) <= 1;

    private long Tall => Shape[1] == 1 || ClassAxis == 3 ? Shape[2] * (ClassAxis == 3 ? Shape[1] : Shape[3]) : Shape[2] * Shape[3];

    private bool IsTurned => Shape.Count == 4 && _reader.Node(graph.Output) is { Operator.Type: "Transpose" } turn && turn.Operator.Attributes.Integers("perm") is [0, 2, 3, 1];

    private (AnswerKind, string) Vector()
    {
        switch (Tail.Kind)
        {
            case TailKind.Softmax when Length == 1 && Tail.IsRouted: return (AnswerKind.Binary, "it ends in one probability of a Softmax");
            case TailKind.Softmax or TailKind.LogSoftmax when Length > 1 && (Tail.Axis < 0 || Shape[Tail.Axis] == Length): return (AnswerKind.Classes, $"it ends in {(Tail.Kind == TailKind.Softmax ? "a Softmax" : "a LogSoftmax")} over {Length} classes");
            case TailKind.Heads: return (AnswerKind.Labels, $"it ends in {Length} probabilities of several heads side by side, of which each has a class that holds, so that each is a label of its own");
            case TailKind.Sigmoid: return Length == 1 ? (AnswerKind.Binary, "it ends in one Sigmoid") : (AnswerKind.Labels, $"it ends in {Length} Sigmoids, each with a threshold of its own");
        }
        bool named = labels == Length && Length > 1;
        Node? maker = Bias(_reader.Maker(graph.Output, out bool scaled));
        string type = maker?.Operator.Type ?? "";
        if (Length == 1)
        {
            if (Is(maker, OperatorTraits.Product) && _reader.Read(maker!.Inputs[0]).Kind == TailKind.Softmax) return (AnswerKind.Numbers, $"it ends in one number, a mean weighted by probabilities ({type} of a Softmax)");
            return Is(maker, OperatorTraits.Product) && !scaled ? (AnswerKind.Binary, $"it ends in one number of a linear layer ({type}), which is taken for the logit of a class")
                : (AnswerKind.Numbers, $"it ends in one number, of {Named(type)}");
        }
        if (named) return (AnswerKind.Classes, $"its {Length} numbers have labels");
        if (Is(maker, OperatorTraits.Product)) return (AnswerKind.Classes, $"it ends in a linear layer ({type}) of {Length} numbers, which are taken for logits");
        if (Is(maker, OperatorTraits.Pools))
        {
            Node? pooled = Affine(_reader.Maker(maker!.Inputs[0], out _));
            if (pooled is { Operator.Type: "Concat" } && pooled.Inputs.All(i => Bias(_reader.Maker(i, out _)) is { } head && Is(head, OperatorTraits.Product) && head.Operator.Type is not ("Conv" or "ConvTranspose")))
                return (AnswerKind.Classes, $"it averages the numbers of {pooled.Inputs.Count} linear layers, which are taken for logits");
            if (Is(pooled, OperatorTraits.Product)) return (AnswerKind.Classes, pooled!.Operator.Type is "Conv" or "ConvTranspose" ? $"it pools the maps of its last convolution, {Length} of them, which are taken for those of classes" : $"it pools the numbers of a linear layer ({pooled.Operator.Type}), {Length} of which are taken for logits");
            return Length is 1000 or 1001 ? (AnswerKind.Classes, $"it has {Length} numbers, as many as ImageNet has classes")
                : (AnswerKind.Codes, $"it ends in pooled features ({type}) behind which no linear layer comes");
        }
        if (Is(maker, OperatorTraits.Normalizes) || IsNormalised(maker)) return (AnswerKind.Codes, $"it ends in normalised features ({Named(type)})");
        if (type == "Concat" && maker!.Inputs.All(IsScored)) return (AnswerKind.Numbers, $"it puts the numbers of {maker.Inputs.Count} heads side by side, which are no classes of one");
        if (type is "Softplus" or "Exp") return (AnswerKind.Numbers, $"it ends in {type}, as no classifier does");
        if (Is(maker, OperatorTraits.Rectifier) || type is "Mul" or "Concat" or "") return (AnswerKind.Codes, $"it ends in features ({Named(type)}) behind which no linear layer comes");
        return _curves.Contains(type) ? (AnswerKind.Numbers, $"it ends in {type}, as no classifier does")
            : (AnswerKind.Classes, $"it ends in {Length} numbers of {Named(type)}, which are taken for logits");
    }

    private (AnswerKind, string) Map(string shape)
    {
        long classes = Shape[ClassAxis];
        if (Tail is { Kind: TailKind.Heads, Axis: < 0 }) return (AnswerKind.Outputs, $"its output {shape} has probabilities that do not add up to 1 over the classes of a place");
        if (Tail.Kind != TailKind.None) return (AnswerKind.Maps, $"its output {shape} has a class for each place ({Tail.Kind})");
        Node? maker = Bias(_reader.Maker(graph.Output, out _));
        while (maker is { Operator.Type: "Resize" or "DepthToSpace" or "Slice" or "Pad" }) maker = Bias(_reader.Maker(maker.Inputs[0], out _));
        if (labels == classes && classes > 1) return (AnswerKind.Maps, $"its output {shape} has a map for each of the {classes} labels");
        if (classes == 1) return (AnswerKind.Outputs, $"its output {shape} is one map of numbers");
        if (maker is { Operator.Type: var curve } && (_curves.Contains(curve) || curve == "Softplus")) return (AnswerKind.Outputs, $"its output {shape} is maps of numbers, of {curve}");
        return Is(maker, OperatorTraits.Product) ? (AnswerKind.Maps, $"its output {shape} is made by a convolution, a map for each class")
            : (AnswerKind.Codes, $"it ends in maps of features {shape} behind which no linear layer comes");
    }

    /// <summary>Whether a value is the end of a head: a linear layer's numbers, a function of such, or probabilities.</summary>
    private bool IsScored(string value) =>
        _reader.Read(value).Kind != TailKind.None || Bias(_reader.Maker(value, out _)) is { } maker && (Is(maker, OperatorTraits.Product) && maker.Operator.Type is not ("Conv" or "ConvTranspose") || _curves.Contains(maker.Operator.Type) || maker.Operator.Type == "Concat" && maker.Inputs.All(IsScored));

    private AnswerKind Fitting(AnswerKind kind)
    {
        string shape = $"[{string.Join(", ", Shape)}]";
        bool fits = kind switch
        {
            AnswerKind.Classes => IsVector && Length > 1,
            AnswerKind.Labels => IsVector,
            AnswerKind.Binary => Length == 1,
            AnswerKind.Maps => Shape.Count == 4,
            _ => true,
        };
        return fits ? kind : throw new CnnVisException(ErrorIds.InvalidArgument, $"The output '{graph.Output}' is {shape} for one picture, which cannot be {kind}: leave -Answer out, or choose another value with -OutputName.", kind);
    }

    private void Refuse()
    {
        string shape = $"[{string.Join(", ", Shape)}]";
        if (_reader.Maker(graph.Output, out _) is { Operator.Type: "ArgMax" or "ArgMin" or "TopK" } best)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The network's answer '{graph.Output}' {shape} is the number of a class, not a score for each. Choose the value before it with -OutputName: '{best.Inputs[0]}'.", graph.Output);
        if (Whole(graph.Output) is { } type)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The network's answer '{graph.Output}' {shape} is {type}, which have no gradient and no probability. Choose a value before it with -OutputName.", graph.Output);
        if (Shape.Count == 0)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The network's answer '{graph.Output}' [] is a single number without an axis for pictures, so that it answers one picture alone. Choose the value before it with -OutputName: '{_reader.Node(graph.Output)!.Inputs[0]}'.", graph.Output);
    }

    /// <summary>What a value's numbers are where they are no fractions; null where they are.</summary>
    private string? Whole(string value)
    {
        while (_reader.Node(value) is { } node)
        {
            string type = node.Operator.Type;
            if (Is(node, OperatorTraits.Predicate)) return "truth values";
            if (_wholes.Contains(type) || type == "TopK" && node.Operator.Attributes.Output == 1) return "whole numbers";
            if (type == "Cast" && node.Operator.Attributes.Integer("to", 1) is var to and (7 or 9)) return to == 7 ? "whole numbers" : "truth values";
            if (type == "Where" && node.Inputs.Skip(1).All(_reader.IsParameter)) return "one of two numbers each, as truth values are";
            if (type is not ("Add" or "Sub" or "Mul" or "Max" or "Min" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Transpose" or "Identity" or "Cast" or "Expand" or "Concat" or "Gather" or "Slice")) return null;
            if (node.Inputs.FirstOrDefault(i => !_reader.IsParameter(i)) is not { } next) return null;
            if (node.Inputs.Any(i => _reader.IsParameter(i) && graph.Parameters[i].is_floating_point())) return null;
            value = next;
        }
        return null;
    }

    /// <summary>The linear layer whose bias an addition is.</summary>
    private Node? Bias(Node? node)
    {
        while (node is { Operator.Type: "Add" or "Sub" or "Mul" or "Div" } && node.Inputs.Count(_reader.IsParameter) == 1 && node.Operator.Type is "Add" or "Sub")
            node = _reader.Maker(node!.Inputs.First(i => !_reader.IsParameter(i)), out _);
        return node;
    }

    private Node? Affine(Node? node)
    {
        node = Bias(node);
        return node is { Operator.Type: "BatchNormalization" } ? Bias(_reader.Maker(node.Inputs[0], out _)) : node;
    }

    /// <summary>x / ‖x‖, spelled out.</summary>
    private bool IsNormalised(Node? node) => node is { Operator.Type: "Div" } && !node.Inputs.Any(_reader.IsParameter);

    private static bool Is(Node? node, OperatorTraits trait) => node?.Operator.Traits.HasFlag(trait) == true;

    private static string Named(string type) => type.Length > 0 ? type : "the picture itself";
}
