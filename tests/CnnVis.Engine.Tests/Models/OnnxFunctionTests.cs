using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Onnx.Upgrades;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Functions that a file defines itself.</summary>
public sealed class OnnxFunctionTests
{
    private const string Domain = "my.own";

    private static Tensor Values => arange(-8, 8, ScalarType.Float32).reshape(1, 16) / 3;

    [Fact]
    public void CallsBecomeTheirNodes()
    {
        using var scope = NewDisposeScope();
        // Leaky(x; slope = 0.5 by default) = LeakyRelu; Twice(x; by) = Leaky(Leaky(x)) + x, whose inner values are called as the file's own.
        ModelProto model = Model(
            [Call("Twice", "x", "a", ("by", 0.25f)), Call("Leaky", "a", "y")],
            Function("Leaky", ["in"], ["out"], [Referring(NodeProtos.Make("LeakyRelu", "out", ["in"]), "alpha", "slope")], OnnxWriter.Attribute("slope", 0.5f)),
            Function("Twice", ["x"], ["y"], [Referring(Call("Leaky", "x", "a"), "slope", "by"), Referring(Call("Leaky", "a", "b"), "slope", "by"), NodeProtos.Make("Add", "y", ["b", "x"])]));
        using Graph graph = OnnxReader.Convert(model).Graph;
        Assert.Equal(["LeakyRelu", "LeakyRelu", "Add", "LeakyRelu"], graph.Nodes.Select(n => n.Operator.Type));
        Tensor got = new ForwardWalk(graph, [graph.Output]).Run(Values)[0];
        Tensor Leak(Tensor v, float slope) => where(v.lt(0), v * slope, v);
        Assert.True(got.allclose(Leak(Leak(Leak(Values, 0.25f), 0.25f) + Values, 0.5f)));
    }

    [Fact]
    public void InputsMayBeHandedOnOrLeftOut()
    {
        using var scope = NewDisposeScope();
        NodeProto call = NodeProtos.Make("Bound", "", ["x", "", "top"]);
        (call.Domain, call.Name) = (Domain, "bound");
        call.Output.Clear();
        call.Output.AddRange(["y", "same"]);
        ModelProto model = Model([NodeProtos.Constant("top", 1f), call, NodeProtos.Make("Add", "z", ["y", "same"])],
            Function("Bound", ["v", "low", "high"], ["clipped", "v"], [NodeProtos.Make("Clip", "clipped", ["v", "low", "high"])]));
        model.Graph.Output[0].Name = "z";
        using Graph graph = OnnxReader.Convert(model).Graph;
        Assert.True(new ForwardWalk(graph, [graph.Output]).Run(Values)[0].allclose(Values.clamp_max(1) + Values));
    }

    [Fact]
    public void AFunctionHasItsOwnOperatorSet()
    {
        using var scope = NewDisposeScope();
        var squeeze = NodeProtos.Make("Unsqueeze", "out", ["in"], ("axes", (long[])[1])); // as before operator set 13
        FunctionProto function = Function("Old", ["in"], ["out"], [squeeze]);
        function.OpsetImport[0].Version = 11;
        using Graph graph = OnnxReader.Convert(Model([Call("Old", "x", "y")], function)).Graph;
        Assert.Equal([1, 1, 16], new ForwardWalk(graph, [graph.Output]).Run(Values)[0].shape);
    }

    [Fact]
    public void CirclesAndExplosionsAreRefused()
    {
        FunctionProto Calling(string name, params string[] others) => Function(name, ["in"], ["out"], [.. others.Select((o, i) => Call(o, i == 0 ? "in" : $"v{i}", i == others.Length - 1 ? "out" : $"v{i + 1}"))]);
        Assert.Contains("calls itself", Refused(Call("A", "x", "y"), Calling("A", "B"), Calling("B", "A")));
        FunctionProto[] doubling = [.. Enumerable.Range(0, 40).Select(i => i == 0 ? Function("F0", ["in"], ["out"], [NodeProtos.Make("Relu", "out", ["in"])]) : Calling($"F{i}", $"F{i - 1}", $"F{i - 1}"))];
        Assert.Contains("more often", Refused(Call("F39", "x", "y"), doubling));
        Assert.Contains("twice", Refused(Call("A", "x", "y"), Calling("A", "A"), Calling("A", "A")));
        NodeProto many = NodeProtos.Make("A", "y", ["x", "x"]);
        many.Domain = Domain;
        Assert.Contains("2 inputs", Refused(many, Function("A", ["in"], ["out"], [NodeProtos.Make("Relu", "out", ["in"])])));

        static string Refused(NodeProto call, params FunctionProto[] functions) => Assert.Throws<CnnVisException>(() => OnnxReader.Convert(Model([call], functions))).Message;
    }

    [Fact]
    public void SparseParametersAreRead()
    {
        using var scope = NewDisposeScope();
        foreach (Tensor places in (Tensor[])[tensor([1L, 5L]), tensor([0L, 1L, 1L, 1L], [2, 2])])
        {
            var graph = new OnnxGraph(1, 2, 4);
            graph.Proto.SparseInitializer.Add(new SparseTensorProto
            {
                Values = new OnnxTensorContent("sparse", tensor([3f, -2f]), half: false).ToMessage(),
                Indices = new OnnxTensorContent("", places, half: false).ToMessage(),
                Dims = { 2, 4 },
            });
            graph.Output(graph.Node("Mul", ["x", "sparse"]));
            using Graph read = OnnxReader.Convert(new ModelProto { IrVersion = 8, Graph = graph.Proto.Clone(), OpsetImport = { new OperatorSetIdProto { Version = 17 } } }).Graph;
            Assert.Equal([0f, 3, 0, 0, 0, -2, 0, 0], new ForwardWalk(read, [read.Output]).Run(ones(1, 2, 4))[0].data<float>().ToArray());
            graph.Proto.SparseInitializer[0].Dims[1] = 1;
            Assert.Contains("'sparse'", Assert.Throws<CnnVisException>(() => OnnxReader.Convert(new ModelProto { IrVersion = 8, Graph = graph.Proto, OpsetImport = { new OperatorSetIdProto { Version = 17 } } })).Message);
        }
    }

    private static NodeProto Call(string function, string input, string output, params (string, object)[] attributes)
    {
        NodeProto node = NodeProtos.Make(function, output, [input], attributes);
        node.Domain = Domain;
        return node;
    }

    private static NodeProto Referring(NodeProto node, string attribute, string to)
    {
        node.Attribute.Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Float, RefAttrName = to });
        return node;
    }

    private static FunctionProto Function(string name, string[] inputs, string[] outputs, NodeProto[] nodes, params AttributeProto[] defaults)
    {
        var function = new FunctionProto { Name = name, Domain = Domain, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        function.Input.AddRange(inputs);
        function.Output.AddRange(outputs);
        function.Node.AddRange(nodes);
        function.AttributeProto.AddRange(defaults);
        return function;
    }

    private static ModelProto Model(NodeProto[] nodes, params FunctionProto[] functions)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Input = { OnnxWriter.Value("x", [1, 16]) }, Output = { new ValueInfoProto { Name = "y" } } }, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
        model.Graph.Node.AddRange(nodes);
        model.Functions.AddRange(functions);
        return model;
    }
}
