using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Operators that OnnxRuntime's optimiser writes (com.microsoft), against OnnxRuntime.</summary>
public sealed class RuntimeOperatorTests
{
    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    public static TheoryData<string> Activations => ["Relu", "Sigmoid", "Tanh", "LeakyRelu", "Clip", "HardSigmoid"];

    [Theory, MemberData(nameof(Activations))]
    public void FusedConv(string activation)
    {
        using var scope = NewDisposeScope();
        float[] numbers = activation switch { "LeakyRelu" => [0.2f], "Clip" => [-0.5f, 1f], "HardSigmoid" => [0.3f, 0.4f], _ => [] };
        var graph = new OnnxGraph(2, 3, 6, 6);
        (string, object)[] attributes = [("activation", activation), ("pads", (long[])[1, 1, 1, 1]), .. numbers.Length > 0 ? new (string, object)[] { ("activation_params", numbers) } : []];
        Agrees(graph, graph.Node("FusedConv", ["x", graph.Weight(Random(1, 4, 3, 3, 3)), graph.Weight(Random(2, 4))], attributes), Random(3, 2, 3, 6, 6));
    }

    [Fact]
    public void FusedConvWithASum()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 3, 6, 6);
        string weights = graph.Weight(Random(1, 3, 3, 1, 1)), bias = graph.Weight(Random(2, 3));
        Agrees(graph, graph.Node("FusedConv", ["x", weights, bias, "x"], ("activation", "Relu")), Random(3, 2, 3, 6, 6));
    }

    [Theory, InlineData("Gelu", 0), InlineData("BiasGelu", 1), InlineData("FastGelu", 0), InlineData("FastGelu", 1), InlineData("QuickGelu", 0)]
    public void Gelus(string type, int biases)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 5, 8);
        Agrees(graph, graph.Node(type, ["x", .. biases > 0 ? new[] { graph.Weight(Random(2, 8)) } : []]), Random(3, 2, 5, 8));
    }

    [Theory, InlineData(true, true), InlineData(true, false), InlineData(false, false)]
    public void SkipLayerNormalization(bool bias, bool sum)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 5, 8);
        string other = graph.Node("Relu", ["x"]), gamma = graph.Weight(Random(1, 8)), beta = graph.Weight(Random(2, 8));
        string[] inputs = ["x", other, gamma, beta, .. bias ? new[] { graph.Weight(Random(4, 8)) } : []];
        string[] outputs = graph.Nodes("SkipLayerNormalization", inputs, sum ? 4 : 1, ("epsilon", 1e-5f));
        graph.Proto.Node[^1].Domain = "com.microsoft";
        if (sum)
        {
            (graph.Proto.Node[^1].Output[1], graph.Proto.Node[^1].Output[2]) = ("", "");
            graph.Output(graph.Node("Add", [outputs[0], outputs[3]]));
        }
        OperatorOracle.Agrees(graph.Proto, 17, Random(3, 2, 5, 8));
    }

    [Fact]
    public void SimplifiedLayerNormalization()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 5, 8);
        string value = graph.Node("SimplifiedLayerNormalization", ["x", graph.Weight(Random(1, 8))], ("epsilon", 1e-5f), ("axis", -1L));
        graph.Output(value); // OnnxRuntime has it among ONNX's own
        OperatorOracle.Agrees(graph.Proto, 17, Random(3, 2, 5, 8), written: false);
        graph = new OnnxGraph(2, 5, 8);
        value = graph.Node("SkipSimplifiedLayerNormalization", ["x", graph.Node("Relu", ["x"]), graph.Weight(Random(1, 8))], ("epsilon", 1e-5f));
        graph.Proto.Node[^1].Domain = "com.microsoft";
        graph.Output(value);
        OperatorOracle.Agrees(graph.Proto, 17, Random(3, 2, 5, 8), written: false);
    }

    [Fact]
    public void FusedMatMul()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 5, 8);
        Agrees(graph, graph.Node("FusedMatMul", ["x", graph.Weight(Random(1, 6, 8))], ("alpha", 0.25f), ("transB", 1L)), Random(3, 2, 5, 8));
    }

    [Fact]
    public void DynamicallyQuantizedProduct()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 5, 8);
        using Tensor numbers = randint(-127, 127, [8, 6], generator: new Generator(2)).to(ScalarType.Int64);
        string weights = graph.Node("Cast", [graph.Weight(numbers)], ("to", 3L));
        string value = graph.Node("DynamicQuantizeMatMul", ["x", weights, graph.Weight(tensor([0.01f])), "", graph.Weight(Random(5, 6))]);
        graph.Proto.Node[^1].Domain = "com.microsoft";
        graph.Output(value);
        OperatorOracle.Agrees(graph.Proto, 17, Random(3, 1, 5, 8), written: false);
    }

    private static void Agrees(OnnxGraph graph, string value, Tensor input)
    {
        graph.Proto.Node.Last(n => n.Output.Contains(value)).Domain = "com.microsoft";
        graph.Output(value);
        OperatorOracle.Agrees(graph.Proto, 17, input);
    }
}
