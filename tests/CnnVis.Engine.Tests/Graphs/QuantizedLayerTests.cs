using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Layers of quantised numbers against OnnxRuntime: ONNX's and those of its QOperator form.</summary>
public sealed class QuantizedLayerTests
{
    private const float Step = 0.0531f, WeightStep = 0.0217f, AnswerStep = 0.1137f;

    private static Tensor Values(params long[] shape) => randn(shape, generator: new Generator(1)) * 2;

    private static string Typed(OnnxGraph graph, Tensor numbers, long type) => graph.Node("Cast", [graph.Weight(numbers.to(ScalarType.Int64))], ("to", type));

    private static Tensor Bytes(long seed, params long[] shape) => randint(0, 255, shape, generator: new Generator((ulong)seed)).to(ScalarType.Int64);

    /// <summary>x quantised to uint8: its value, scale and zero point.</summary>
    private static string[] Quantized(OnnxGraph graph, string value = "x")
    {
        string scale = graph.Weight(tensor(Step)), zero = Typed(graph, tensor(117L), 2);
        return [graph.Node("QuantizeLinear", [value, scale, zero]), scale, zero];
    }

    private static string[] Answer(OnnxGraph graph) => [graph.Weight(tensor(AnswerStep)), Typed(graph, tensor(100L), 2)];

    /// <summary>The last value as real numbers is the answer: quantised ones may differ by a step where a sum lies halfway.</summary>
    private static void Agrees(OnnxGraph graph, string quantized, string[] steps, Tensor input, float tolerance = 1e-4f)
    {
        graph.Output(graph.Node("DequantizeLinear", [quantized, .. steps]));
        OperatorOracle.Agrees(graph.Proto, 17, input, tolerance);
    }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(true, true)]
    public void QLinearConv(bool perChannel, bool bias)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 3, 6, 5);
        string[] x = Quantized(graph), y = Answer(graph);
        string weights = Typed(graph, Bytes(2, 4, 3, 3, 3).remainder(63) - 31, 3); // OnnxRuntime adds pairs of products up in 16 bits on processors without VNNI: larger ones overflow, here and below
        Tensor scales = perChannel ? tensor([WeightStep, 0.0113f, 0.0317f, 0.00523f]) : tensor(WeightStep), points = perChannel ? zeros([4L], ScalarType.Int64) : tensor(0L);
        string scale = graph.Weight(scales), zero = Typed(graph, points, 3);
        string[] added = bias ? [Typed(graph, tensor([100L, -2000, 0, 77]), 6)] : [];
        string q = graph.Node("QLinearConv", [.. x, weights, scale, zero, .. y, .. added], ("strides", (long[])[2, 1]));
        Agrees(graph, q, y, Values(2, 3, 6, 5), tolerance: 0.0137f); // a step: OnnxRuntime's own two forms of the layer differ by one here and there
    }

    [Fact]
    public void QLinearMatMul()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 3, 8);
        string[] x = Quantized(graph), y = Answer(graph);
        string q = graph.Node("QLinearMatMul", [.. x, Typed(graph, Bytes(3, 8, 5), 2), graph.Weight(tensor(WeightStep)), Typed(graph, tensor(128L), 2), .. y]);
        Agrees(graph, q, y, Values(2, 3, 8));
    }

    [Fact]
    public void SumsOfWholeNumbersAreExact()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(2, 3, 6, 5);
        string[] x = Quantized(graph);
        string conv = graph.Node("ConvInteger", [x[0], Typed(graph, Bytes(2, 4, 3, 3, 3), 2), x[2], Typed(graph, tensor(131L), 2)], ("pads", (long[])[1, 0, 1, 0]));
        graph.Output(graph.Node("Cast", [conv], ("to", 1L)));
        OperatorOracle.Agrees(graph.Proto, 17, Values(2, 3, 6, 5), tolerance: 0);

        graph = new OnnxGraph(2, 3, 300);
        x = Quantized(graph);
        string product = graph.Node("MatMulInteger", [x[0], Typed(graph, Bytes(3, 300, 4).remainder(127) - 63, 3), x[2], Typed(graph, tensor([1L, -3, 0, 9]), 3)]);
        graph.Output(graph.Node("Cast", [product], ("to", 1L)));
        OperatorOracle.Agrees(graph.Proto, 17, Values(2, 3, 300), tolerance: 0);
    }

    [Fact]
    public void ScaleOfOneNumberMayHaveADimensionAndItsZeroPointNone()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor([100f, 3f, 250f]).reshape(1, 3);
        using Tensor y = OperatorChecks.Run("DequantizeLinear", [], x, tensor([0.5f]), tensor(3L));
        Assert.Equal([48.5f, 0f, 123.5f], y.data<float>().ToArray());
    }

    [Fact]
    public void QuantizedByWhatIsThere()
    {
        using var scope = NewDisposeScope();
        foreach (Tensor values in (Tensor[])[Values(1, 40), Values(1, 40).abs() + 1, -Values(1, 40).abs() - 1])
        {
            var graph = new OnnxGraph(1, 40);
            string[] q = graph.Nodes("DynamicQuantizeLinear", ["x"], 3);
            graph.Output(graph.Node("Cast", [q[0]], ("to", 1L)), q[1], graph.Node("Cast", [q[2]], ("to", 1L)));
            OperatorOracle.Agrees(graph.Proto, 17, values, tolerance: 1e-6f, written: false);
        }
    }

    [Theory]
    [InlineData("QLinearAdd"), InlineData("QLinearMul"), InlineData("QLinearSigmoid"), InlineData("QLinearLeakyRelu"), InlineData("QLinearGlobalAveragePool"), InlineData("QLinearAveragePool")]
    [InlineData("QLinearConcat"), InlineData("QLinearSoftmax"), InlineData("QGemm")]
    public void LayersOfOnnxRuntimesOwn(string type)
    {
        using var scope = NewDisposeScope();
        bool flat = type is "QGemm" or "QLinearSoftmax";
        long[] shape = flat ? [2, 6] : [2, 3, 6, 4];
        var graph = new OnnxGraph(shape);
        string[] x = Quantized(graph), other = Quantized(graph, graph.Node("Neg", ["x"])), y = type is "QLinearSigmoid" or "QLinearSoftmax" ? [graph.Weight(tensor(1f / 256)), Typed(graph, tensor(0L), 2)] : Answer(graph);
        (string[] inputs, (string, object)[] attributes) = type switch
        {
            "QLinearAdd" or "QLinearMul" => ((string[])[.. x, .. other, .. y], Array.Empty<(string, object)>()),
            "QLinearConcat" => ([.. y, .. x, .. other], [("axis", 1L)]),
            "QLinearLeakyRelu" => ([.. x, .. y], [("alpha", 0.1f)]),
            "QLinearAveragePool" => ([.. x, .. y], [("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2])]),
            "QLinearSoftmax" => ([.. x, .. y], [("axis", -1L), ("opset", 13L)]),
            "QGemm" => ([.. x, Typed(graph, Bytes(4, 5, 6) - 127, 3), graph.Weight(tensor(WeightStep)), Typed(graph, tensor(0L), 3), Typed(graph, tensor([10L, 200, -300, 0, 5]), 6), .. y], [("transB", 1L), ("alpha", 1f)]),
            _ => ([.. x, .. y], []),
        };
        string q = graph.Node(type, inputs, attributes);
        graph.Proto.Node[^1].Domain = "com.microsoft";
        float step = type is "QLinearSigmoid" or "QLinearSoftmax" ? 1f / 256 : AnswerStep;
        Tensor values = Values(shape);
        graph.Output(graph.Node("DequantizeLinear", [q, .. y]));
        // A sum that lies halfway between two steps may be rounded either way.
        OperatorOracle.Agrees(graph.Proto, 17, values, tolerance: 1.01f * step / 0.5f);
    }
}
