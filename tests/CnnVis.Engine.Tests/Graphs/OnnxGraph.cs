using CnnVis.Engine.Models.Onnx;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Builds an ONNX graph over the input "x" node by node.</summary>
internal sealed class OnnxGraph
{
    private int _count;

    /// <param name="shape">Shape of "x"; the first dimension is declared open.</param>
    public OnnxGraph(params long[] shape) => Proto = new GraphProto { Name = "case", Input = { OnnxWriter.Value("x", shape) } };

    /// <summary>A graph inside a node: no inputs.</summary>
    public static OnnxGraph Branch(string prefix) => new([]) { Proto = new GraphProto { Name = prefix }, Prefix = prefix };

    public GraphProto Proto { get; private init; }

    private string Prefix { get; init; } = "v";

    /// <summary>A node of one output; gives its name.</summary>
    public string Node(string type, string[] inputs, params (string Name, object Value)[] attributes) => Nodes(type, inputs, 1, attributes)[0];

    /// <summary>A node of several outputs.</summary>
    public string[] Nodes(string type, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { Name = $"{type}_{Prefix}{_count}", OpType = type };
        node.Input.AddRange(inputs);
        for (int i = 0; i < outputs; i++) node.Output.Add($"{Prefix}{_count++}");
        foreach (var (name, value) in attributes)
            node.Attribute.Add(value switch
            {
                Tensor tensor => new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Tensor, T = new OnnxTensorContent("", tensor, half: false).ToMessage() },
                OnnxGraph graph => new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph.Proto },
                _ => OnnxWriter.Attribute(name, value),
            });
        Proto.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>A parameter.</summary>
    public string Weight(Tensor value)
    {
        string name = $"{Prefix}.w{_count++}";
        Proto.Initializer.Add(new OnnxTensorContent(name, value, half: false).ToMessage());
        return name;
    }

    /// <summary>A Constant node of int64, one dimension.</summary>
    public string Integers(params long[] values) => Node("Constant", [], ("value", tensor(values)));

    /// <summary>A Constant node of int64, no dimensions.</summary>
    public string Integer(long value) => Node("Constant", [], ("value", tensor(value)));

    /// <summary>A Constant node of float32, no dimensions.</summary>
    public string Number(float value) => Node("Constant", [], ("value", tensor(value)));

    /// <summary>Declares an output.</summary>
    public OnnxGraph Output(params string[] names)
    {
        Proto.Output.AddRange(names.Select(n => new ValueInfoProto { Name = n }));
        return this;
    }
}
