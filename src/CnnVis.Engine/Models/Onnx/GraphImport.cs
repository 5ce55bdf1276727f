using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx.Upgrades;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Makes the nodes of a graph of those of a file, in order: brings each to today's form, takes constants and shape arithmetic out of the graph
/// and puts the branch of an If that is taken in its place. What is known is worked out for the file's batch and for twice as many pictures,
/// so that nothing which depends on the batch is mistaken for a constant.
/// </summary>
internal sealed class GraphImport : IDisposable
{
    /// <summary>No network is exported for a batch of more.</summary>
    private const long MostPictures = 1 << 16;

    /// <summary>Constants that are worked out may be larger than what they are made of by as many elements, all together; what is larger is left to the run.</summary>
    private long _growth = 1 << 22;

    private readonly CancellationToken _cancellation;
    private readonly GraphProto _proto;
    private readonly string _input;
    private readonly int _opset;
    private readonly Dictionary<string, Tensor> _parameters;
    private readonly ValueNames _names;
    private readonly HashSet<string> _used, _outputs, _needed;
    private readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);
    private readonly StaticValues _once, _twice;
    private readonly BatchFreedom _freedom;
    private readonly SinglePicture? _single;
    private readonly BatchCheck? _check;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, int> _nodeNames = new(StringComparer.Ordinal);

    /// <param name="proto">The file's graph; its first output is the answer.</param>
    /// <param name="opset">Its operator set.</param>
    /// <param name="input">Name of its input.</param>
    /// <param name="shape">Shape of its input; the first dimension is the batch for which the file was made, where it states one.</param>
    /// <param name="parameters">Its parameters; constants join them.</param>
    /// <param name="pictures">Whether the input's first dimension counts pictures, each of which has to get what it would get alone.</param>
    /// <param name="tolerant">Whether the answer may be left out too.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public GraphImport(GraphProto proto, int opset, string input, long[] shape, Dictionary<string, Tensor> parameters, bool pictures, bool tolerant, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        (_proto, _input, _opset, _parameters, _names) = (proto, input, opset, parameters, new ValueNames(proto));
        _outputs = proto.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        _used = proto.Node.SelectMany(OnnxSubgraphs.Taken).Concat(_outputs).ToHashSet(StringComparer.Ordinal);
        _needed = tolerant ? [] : OnnxSubgraphs.Behind(proto, proto.Output[0].Name);
        long[] once = [.. shape], twice = [.. shape];
        if (shape.Length > 0)
        {
            once[0] = shape[0] == 0 && !pictures ? 0 : Math.Clamp(shape[0], 1, MostPictures);
            twice[0] = 2 * once[0];
        }
        _once = new StaticValues(input, once, parameters, lenient: true);
        _twice = new StaticValues(input, twice, parameters, lenient: true);
        _freedom = new BatchFreedom(_once, _twice, once.FirstOrDefault(1), new BatchShapes(input, _names, AddParameter), _names, AddParameter);
        if (!pictures) return;
        if (once[0] == 1) _single = new SinglePicture(_once, _twice, declared: shape[0] == 1, _names, AddParameter);
        _check = new BatchCheck(input, _once, _twice);
    }

    /// <summary>
    /// The nodes that compute something. Shape arithmetic that nobody needs any more is gone; other nodes without users stay, to be looked at, unless they use what
    /// is not supported.
    /// </summary>
    /// <exception cref="CnnVisException">The graph is none, or the answer needs what is not supported.</exception>
    public Node[] Nodes()
    {
        foreach (NodeProto node in TopologicalOrder.Of(Sound(), Label, Given, OnnxSubgraphs.Taken, IsGiven)) AddOrLeaveOut(node);
        var kept = new List<Node>();
        var used = new HashSet<string>(_outputs, StringComparer.Ordinal);
        foreach (Node node in Enumerable.Reverse(_nodes))
        {
            if (!used.Contains(node.Output) && _once.Value(node.Output) is not null) continue;
            used.UnionWith(node.Inputs);
            kept.Add(node);
        }
        kept.Reverse();
        return [.. kept];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _once.Dispose();
        _twice.Dispose();
    }

    private bool IsGiven(string value) => value == _input || _parameters.ContainsKey(value);

    /// <summary>The file's nodes without those that the answer does not need and that take what nothing gives.</summary>
    private IReadOnlyList<NodeProto> Sound()
    {
        var given = _proto.Node.SelectMany(Given).ToHashSet(StringComparer.Ordinal);
        NodeProto[] unneeded = [.. _proto.Node.Where(n => !n.Output.Any(_needed.Contains))];
        string[] missing = [.. unneeded.SelectMany(OnnxSubgraphs.Taken).Where(v => !given.Contains(v) && !IsGiven(v)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0) return _proto.Node;
        HashSet<string> without = OnnxSubgraphs.From(unneeded, missing);
        return [.. _proto.Node.Where(n => n.Output.Any(_needed.Contains) || !OnnxSubgraphs.Taken(n).Any(without.Contains))];
    }

    private void AddOrLeaveOut(NodeProto node)
    {
        _cancellation.ThrowIfCancellationRequested();
        bool needed = node.Output.Any(_needed.Contains);
        int before = _nodes.Count;
        try
        {
            if (needed || !OnnxSubgraphs.Taken(node).Any(_leftOut.Contains))
            {
                Add(node);
                return;
            }
        }
        catch (CnnVisException) when (!needed)
        {
            _nodes.RemoveRange(before, _nodes.Count - before);
        }
        _leftOut.UnionWith(node.Output);
    }

    private void Add(NodeProto node)
    {
        if (!node.Output.Any(o => o.Length > 0)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"node '{node.Name}' has no output.", node.Name);
        if (node.OpType == "If" && OnnxOpset.IsDefault(node.Domain))
        {
            AddBranch(node);
            return;
        }
        int opset = node.Opset ?? _opset;
        NodeProto[] nodes = [.. LegacyForms.Upgrade(node, opset, _once.Shape, _names).SelectMany(n => n == node ? OpsetUpgrades.Apply(n, opset, _names) : [n]).SelectMany(n => FlattenedSoftmax.Upgrade(n, opset, _once.Shape, _names))];
        if (nodes.Length > 1) _used.UnionWith(nodes.SelectMany(n => n.Input));
        foreach (NodeProto today in nodes)
        {
            if (today.OpType == "Constant" && OnnxOpset.IsDefault(today.Domain))
            {
                AddParameter(today.Output[0], OnnxConstants.Read(today));
                _names.Follow(today);
            }
            else AddToday(today, opset);
        }
    }

    private void AddToday(NodeProto node, int opset)
    {
        _names.Follow(node);
        if (node.Output.Count == 1 && _names.ElementType(node.Output[0]) is { } type && NarrowArithmetic.Wraps(node.OpType, type) && !IsShapeArithmetic(node))
        {
            foreach (NodeProto narrow in CastTypes.Narrowed(node, type, _names)) AddOperators(narrow, opset);
        }
        else AddOperators(node, opset);
    }

    private void AddOperators(NodeProto node, int opset)
    {
        foreach (var (output, @operator) in OnnxOperators.Read(node, Label(node), opset, _used))
        {
            var made = new Node(Label(node), @operator, [.. node.Input], output);
            foreach (Node free in _freedom.Free(_single?.Keep(made) ?? made)) Add(free);
        }
    }

    /// <summary>Whether a node's inputs are known for every batch: sizes, which no file makes larger than its types hold.</summary>
    private bool IsShapeArithmetic(NodeProto node) => node.Input.All(v => v.Length == 0 || _once.Value(v) is not null && _twice.Value(v) is not null && !IsGiven(v));

    private void AddBranch(NodeProto node)
    {
        string label = Label(node);
        if (node.Input.Count != 1 || node.Attribute.FirstOrDefault(a => a.Name == "then_branch")?.G is not { } then || node.Attribute.FirstOrDefault(a => a.Name == "else_branch")?.G is not { } otherwise)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"If node '{label}' lacks its condition, or a branch.", label);
        if (Constant(node.Input[0]) is not { } condition || condition.NumberOfElements != 1)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"operator If (opset {_opset}) of node '{label}' is not supported where its condition is computed from the picture, or depends on the batch; export the network with the condition fixed.", "If");
        using Tensor truth = condition.to(ScalarType.Bool);
        GraphProto branch = truth.item<bool>() ? then : otherwise;
        IReadOnlyList<NodeProto> nodes = OnnxSubgraphs.Inlined(node, branch, _names);
        foreach (TensorProto parameter in branch.Initializer) AddParameter(parameter.Name, OnnxTensors.Read(parameter));
        foreach (SparseTensorProto parameter in branch.SparseInitializer) AddParameter(parameter.Values?.Name ?? "", OnnxSparse.Read(parameter));
        var inside = nodes.SelectMany(n => n.Output).ToHashSet(StringComparer.Ordinal);
        _used.UnionWith(nodes.SelectMany(OnnxSubgraphs.Taken));
        foreach (NodeProto inner in TopologicalOrder.Of(nodes, Label, Given, OnnxSubgraphs.Taken, value => !inside.Contains(value))) Add(inner);
    }

    private void Add(Node node)
    {
        node = node with { Name = Unique(node.Name) };
        _once.Add(node);
        try
        {
            _twice.Add(node);
        }
        catch (CnnVisException)
        {
            // A network that takes its own batch only: nothing that follows is known for another, and is left to the run.
        }
        if (!_outputs.Contains(node.Output) && Folded(node) is { } constant) AddParameter(node.Output, constant);
        else _nodes.Add(node);
        _check?.Follow(node);
        _freedom.Follow(node);
    }

    private string Unique(string name)
    {
        if (_nodeNames.TryAdd(name, 1)) return name;
        string other;
        do other = $"{name}_{++_nodeNames[name]}";
        while (!_nodeNames.TryAdd(other, 1));
        return other;
    }

    /// <summary>The node's output where it is the same for every picture and every batch.</summary>
    private Tensor? Folded(Node node)
    {
        if (Constant(node.Output) is { } known) return known.clone().DetachFromDisposeScope();
        if (!node.Inputs.All(v => v.Length == 0 || _parameters.ContainsKey(v))) return null;
        long given = node.Inputs.Where(v => v.Length > 0).Sum(v => _parameters[v].NumberOfElements);
        if (_once.Shape(node.Output) is not { } shape) return null;
        long more = Math.Max(0, Extents.Count(shape) - given);
        if (more > _growth) return null;
        _growth -= more;
        using var scope = NewDisposeScope();
        try
        {
            return node.Operator.Forward([.. node.Inputs.Select(v => _parameters.GetValueOrDefault(v))]).contiguous().DetachFromDisposeScope();
        }
        catch (Exception e) when (OperatorFailure.Is(e))
        {
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"'{node.Name}' ({node.Operator.Type}) cannot be computed: {OperatorFailure.Reason(e)}", node.Name, e);
        }
    }

    private Tensor? Constant(string value) => _parameters.TryGetValue(value, out Tensor? parameter) ? parameter : _freedom.IsConstant(value) ? _once.Value(value) : null;

    private void AddParameter(string name, Tensor value)
    {
        if (_parameters.TryAdd(name, value)) return;
        value.Dispose();
        throw new CnnVisException(ErrorIds.ModelUnreadable, $"the value '{name}' has two sources.", name);
    }

    private static string Label(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(o => o.Length > 0) ?? node.OpType;

    private static IEnumerable<string> Given(NodeProto node) => node.Output.Where(o => o.Length > 0);
}
