using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Catalog;

/// <summary>
/// Writes an architecture down: each call appends a node after the current value. Nodes are called by torchvision's module path, and their parameters by
/// that path and PyTorch's suffix, so that a state dict fits. Input channels follow from the shapes.
/// </summary>
internal sealed partial class NetworkBuilder
{
    private const string Input = "image";
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, ParameterSpecification> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _shapes = new(StringComparer.Ordinal);

    /// <param name="size">Rows and columns of the picture.</param>
    /// <param name="channels">Channels of the picture.</param>
    public NetworkBuilder(int size, int channels = 3) => _shapes[Input] = [1, channels, size, size];

    /// <summary>The value that the next node takes.</summary>
    public string Value { get; private set; } = Input;

    /// <summary>Shape of the current value, with a batch of one.</summary>
    public IReadOnlyList<long> Shape => _shapes[Value];

    /// <summary>Channels of the current value.</summary>
    public int Channels => (int)Shape[1];

    /// <summary>Continues after another value.</summary>
    public NetworkBuilder From(string value)
    {
        Value = value;
        return this;
    }

    /// <summary>Branches from the current value, joined along their channels.</summary>
    public NetworkBuilder Branches(string name, params Func<NetworkBuilder, NetworkBuilder>[] branches)
    {
        string from = Value;
        return Concat(name, [.. branches.Select(branch => branch(From(from)).Value)]);
    }

    /// <summary>The current value plus a branch from it, which leaves its shape; without the sum where it does not.</summary>
    public NetworkBuilder Residual(string name, Func<NetworkBuilder, NetworkBuilder> branch)
    {
        string from = Value;
        branch(this);
        return Shape.SequenceEqual(_shapes[from]) ? Sum(name, from) : this;
    }

    /// <summary>What was written.</summary>
    public Blueprint Finish() => new(Input, _shapes[Input], _nodes, [.. _parameters.Values], Value);

    /// <summary>Appends a node of an operator without attributes.</summary>
    private NetworkBuilder Append(string name, string type, params string[] others) => Append(name, OperatorCatalog.Create(type), others);

    /// <summary>Appends any node.</summary>
    /// <param name="name">Its name, and that of its value.</param>
    /// <param name="operator">What it computes.</param>
    /// <param name="others">Inputs after the current value.</param>
    /// <exception cref="CnnVisException">Shapes do not fit; the picture is too small.</exception>
    private NetworkBuilder Append(string name, Operator @operator, params string[] others)
    {
        using var scope = NewDisposeScope();
        var node = new Node(name, @operator, [Value, .. others], name);
        _shapes[name] = @operator.Shape([.. node.Inputs.Select(Known)]);
        _nodes.Add(node);
        Value = name;
        return this;
    }

    private Operand? Known(string value) => value.Length == 0 ? null
        : !_parameters.TryGetValue(value, out var parameter) ? new Operand(_shapes[value], null)
        : new Operand([.. parameter.GraphShape], parameter.Values is null ? null : Blueprint.Constant(parameter));

    private string Parameter(string name, ParameterRole role, params long[] shape)
    {
        _parameters.Add(name, new ParameterSpecification(name, shape, role));
        return name;
    }

    /// <summary>A constant, kept once under its name.</summary>
    private string Constant(string name, Array values, params long[] shape)
    {
        _parameters.TryAdd(name, new ParameterSpecification(name, shape, ParameterRole.Constant, values));
        return name;
    }
}
