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

    private readonly GraphProto _proto;
    private readonly string _input;
    private readonly int _opset;
    private readonly Dictionary<string, Tensor> _parameters;
    private readonly ValueNames _names;
    private readonly HashSet<string> _used, _outputs;
    private readonly StaticValues _once, _twice;
    private readonly BatchFreedom _freedom;
    private readonly List<Node> _nodes = [];
    private readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);

    /// <param name="proto">The file's graph.</param>
    /// <param name="opset">Its operator set.</param>
    /// <param name="input">Name of its input.</param>
    /// <param name="shape">Shape of its input; the first dimension is the batch for which the file was made, where it states one.</param>
    /// <param name="parameters">Its parameters; constants join them.</param>
    public GraphImport(GraphProto proto, int opset, string input, long[] shape, Dictionary<string, Tensor> parameters)
    {
        (_proto, _input, _opset, _parameters, _names) = (proto, input, opset, parameters, new ValueNames(proto));
        _outputs = proto.Output.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        _used = proto.Node.SelectMany(OnnxSubgraphs.Taken).Concat(_outputs).ToHashSet(StringComparer.Ordinal);
        long batch = shape.Length > 0 ? Math.Clamp(shape[0], 1, MostPictures) : 1;
        _once = new StaticValues(input, [batch, .. shape.Skip(1)], parameters);
        _twice = new StaticValues(input, [2 * batch, .. shape.Skip(1)], parameters);
        _freedom = new BatchFreedom(_once, _twice, batch, new BatchShapes(input, _names, AddParameter), _names, AddParameter);
    }

    /// <summary>The nodes that compute something. Shape arithmetic that nobody needs any more is gone; other nodes without users stay, to be looked at.</summary>
    /// <exception cref="CnnVisException">The graph is none, or uses what is not supported.</exception>
    public Node[] Nodes()
    {
        foreach (NodeProto node in TopologicalOrder.Of(_proto.Node, Label, Given, OnnxSubgraphs.Taken, value => value == _input || _parameters.ContainsKey(value))) Add(node);
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

    private void Add(NodeProto node)
    {
        if (!node.Output.Any(o => o.Length > 0)) throw new CnnVisException(ErrorIds.ModelUnreadable, $"node '{node.Name}' has no output.", node.Name);
        if (node.OpType == "If" && OnnxOpset.IsDefault(node.Domain))
        {
            AddBranch(node);
            return;
        }
        foreach (NodeProto today in OpsetUpgrades.Apply(node, _opset, _names).SelectMany(n => FlattenedSoftmax.Upgrade(n, _opset, _once.Shape, _names)))
        {
            if (today.OpType == "Constant" && OnnxOpset.IsDefault(today.Domain)) AddParameter(today.Output[0], OnnxConstants.Read(today));
            else foreach (var (output, @operator) in OnnxOperators.Read(today, Label(today), _opset, _used))
                foreach (Node free in _freedom.Free(new Node(Label(today), @operator, [.. today.Input], output)))
                    Add(free);
        }
    }

    private void AddBranch(NodeProto node)
    {
        string label = Label(node);
        if (node.Input.Count != 1 || node.Attribute.FirstOrDefault(a => a.Name == "then_branch")?.G is not { } then || node.Attribute.FirstOrDefault(a => a.Name == "else_branch")?.G is not { } otherwise)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"If node '{label}' lacks its condition, or a branch.", label);
        if (Constant(node.Input[0]) is not { } condition || condition.NumberOfElements != 1)
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"operator If (opset {_opset}) of node '{label}' is not supported where its condition is computed from the picture, or depends on the batch; export the network with the condition fixed.", "If");
        using Tensor truth = condition.to(ScalarType.Bool);
        var (nodes, parameters) = OnnxSubgraphs.Inlined(node, truth.item<bool>() ? then : otherwise, _names);
        foreach (TensorProto parameter in parameters) AddParameter(parameter.Name, OnnxTensors.Read(parameter));
        var inside = nodes.SelectMany(n => n.Output).ToHashSet(StringComparer.Ordinal);
        _used.UnionWith(nodes.SelectMany(OnnxSubgraphs.Taken));
        foreach (NodeProto inner in TopologicalOrder.Of(nodes, Label, Given, OnnxSubgraphs.Taken, value => !inside.Contains(value))) Add(inner);
    }

    private void Add(Node node)
    {
        string name = node.Name;
        while (!_nodeNames.Add(name)) name += "_";
        node = node with { Name = name };
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
        _freedom.Follow(node);
    }

    /// <summary>The node's output where it is the same for every picture and every batch.</summary>
    private Tensor? Folded(Node node)
    {
        if (Constant(node.Output) is { } known) return known.clone().DetachFromDisposeScope();
        if (!node.Inputs.All(v => v.Length == 0 || _parameters.ContainsKey(v))) return null;
        long given = node.Inputs.Where(v => v.Length > 0).Sum(v => _parameters[v].NumberOfElements);
        long more = Math.Max(0, Extents.Count(_once.Shape(node.Output)) - given);
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
