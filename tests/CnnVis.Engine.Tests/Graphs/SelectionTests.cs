using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Operators that pick, put and arrange numbers, and narrow arithmetic, against OnnxRuntime.</summary>
public sealed class SelectionTests
{
    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    [Theory, InlineData("none", 16), InlineData("add", 16), InlineData("mul", 16), InlineData("max", 18), InlineData("min", 18)]
    public void Scatters(string reduction, int opset)
    {
        using var scope = NewDisposeScope();
        (string, object)[] how = reduction == "none" ? [] : [("reduction", reduction)];
        Tensor twice = tensor([1L, -1, 1, 0, 2, 2], [1, 2, 3]), once = tensor([1L, -1, 0, 0, 2, 1], [1, 2, 3]); // of places named twice the last would count, which ONNX leaves open
        OperatorOracle.Agrees("ScatterElements", opset, [("axis", 2L), .. how], Random(1, 1, 3, 4), [reduction == "none" ? once : twice, Random(2, 1, 2, 3)]);
        Tensor tuples = reduction == "none" ? tensor([0L, 1, 0, 2], [2, 2]) : tensor([0L, 1, 0, 1, 0, 2], [3, 2]);
        OperatorOracle.Agrees("ScatterND", opset, how, Random(1, 1, 3, 4), [tuples, Random(3, tuples.shape[0], 4)]);
    }

    [Fact]
    public void OldScatter()
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees("Scatter", 9, [("axis", 1L)], Random(1, 1, 5), [tensor([1L, 3], [1, 2]), Random(2, 1, 2)]);
    }

    [Fact]
    public void NumbersOfKnownCount()
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees("Compress", 11, [("axis", 1L)], Random(1, 2, 3, 4), [tensor([true, false, true])]);
        OperatorOracle.Agrees("Hardmax", 13, [("axis", 1L)], Random(1, 2, 5, 3));
        OperatorOracle.Agrees("Hardmax", 11, [("axis", 1L)], Random(1, 2, 5, 3)); // of all that follows the axis
        OperatorOracle.Agrees("LpNormalization", 13, [("axis", 1L), ("p", 1L)], Random(1, 2, 5, 3));
        OperatorOracle.Agrees("LpNormalization", 13, [], Random(1, 2, 5, 3));
        OperatorOracle.Agrees("MeanVarianceNormalization", 13, [], Random(1, 2, 5, 3, 4));
        OperatorOracle.Agrees("MeanVarianceNormalization", 13, [("axes", (long[])[2, 3])], Random(1, 2, 5, 3, 4));
        OperatorOracle.Agrees("Shrink", 9, [("bias", 0.3f), ("lambd", 0.7f)], Random(1, 2, 9));
        OperatorOracle.Agrees("ReverseSequence", 10, [("batch_axis", 0L), ("time_axis", 1L)], Random(1, 1, 5, 3), [tensor([3L])]);
        OperatorOracle.Agrees("Det", 11, [], Random(1, 2, 3, 3));
        OperatorOracle.Agrees("IsInf", 10, [("detect_negative", 0L)], tensor(new[] { 1f, float.PositiveInfinity, float.NegativeInfinity }).reshape(1, 3));
    }

    [Theory, InlineData("Acos"), InlineData("Asin"), InlineData("Atan"), InlineData("Sinh"), InlineData("Cosh"), InlineData("Acosh"), InlineData("Asinh"), InlineData("Atanh")]
    public void AnglesAndHyperbolas(string type)
    {
        using var scope = NewDisposeScope();
        Tensor values = rand([2, 20], generator: new Generator(1)) * 1.8 - 0.9;
        OperatorOracle.Agrees(type, 9, [], type == "Acosh" ? values.abs() + 1.01 : values);
    }

    [Fact]
    public void OnesOnADiagonal()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(4, 5);
        graph.Output(graph.Node("Add", ["x", graph.Node("EyeLike", ["x"], ("k", 1L))]));
        OperatorOracle.Agrees(graph.Proto, 13, Random(1, 4, 5));
    }

    [Theory, InlineData(2L), InlineData(3L), InlineData(6L)]
    public void NarrowArithmeticWrapsAround(long type)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 6);
        string whole = graph.Node("Cast", [graph.Node("Cast", ["x"], ("to", 7L))], ("to", type));
        string big = graph.Node("Cast", [graph.Integer(type == 6 ? 2_000_000_000 : 101)], ("to", type));
        foreach (string operation in type == 6 ? (string[])["Add", "Mul", "Sub"] : ["Add", "Mul"]) graph.Output(graph.Node("Cast", [graph.Node(operation, [whole, big])], ("to", 1L)));
        if (type != 6) graph.Proto.Output.RemoveAt(1); // OnnxRuntime has no Mul of 8 bits
        if (type != 6)
        {
            // nor Add: by hand
            using var read = OnnxReader.Convert(ShapeOperatorTests.Model(graph, 14)).Graph;
            float[] got = new ForwardWalk(read, [read.Output]).Run(tensor(new[] { 0f, 1, 100, 120, -7, 50 }).reshape(1, 6))[0].data<float>().ToArray();
            Assert.Equal(type == 2 ? [101f, 102, 201, 221, 94, 151] : [101f, 102, -55, -35, 94, -105], got);
            return;
        }
        OperatorOracle.Agrees(graph.Proto, 14, tensor(new[] { 0f, 1, 100, 2000000, -7, 1_500_000_000 }).reshape(1, 6), tolerance: 0);
    }

    [Fact]
    public void HalvesAreRoundedWhereTheFileCasts()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 4);
        graph.Output(graph.Node("Cast", [graph.Node("Cast", ["x"], ("to", 10L))], ("to", 1L)));
        OperatorOracle.Agrees(graph.Proto, 13, tensor(new[] { 0.1f, 70000f, 1e-8f, -2.00049f }).reshape(1, 4), tolerance: 0);
    }

    [Fact]
    public void ImageScaler()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 2, 1, 2);
        graph.Output(graph.Node("ImageScaler", ["x"], ("scale", 0.5f), ("bias", (float[])[1, -2])));
        using var read = OnnxReader.Convert(ShapeOperatorTests.Model(graph, 8)).Graph;
        Assert.Equal([1.5f, 2, -0.5f, 0], new ForwardWalk(read, [read.Output]).Run(tensor(new[] { 1f, 2, 3, 4 }).reshape(1, 2, 1, 2))[0].data<float>().ToArray());
    }

    [Fact]
    public void OperatorSetsBeforeSevenSpreadFromAnAxis()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 2, 2, 2);
        string slopes = graph.Weight(tensor([0.5f, 0.25f]));
        string sum = graph.Node("Add", ["x", graph.Weight(tensor([10f, -20f]))], ("broadcast", 1L), ("axis", 1L));
        graph.Output(graph.Node("PRelu", [sum, slopes]));
        using var read = OnnxReader.Convert(ShapeOperatorTests.Model(graph, 6)).Graph;
        Assert.Equal([10f, 11, 12, 13, -4, -3.75f, -3.5f, -3.25f], new ForwardWalk(read, [read.Output]).Run(tensor(new[] { 0f, 1, 2, 3, 4, 5, 6, 7 }).reshape(1, 2, 2, 2))[0].data<float>().ToArray());
    }

    [Theory, InlineData(3, 0), InlineData(4, 0), InlineData(3, 1)]
    public void Attention(int rank, long causal)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(rank == 3 ? [2, 5, 8] : [2, 2, 5, 4]);
        (string, object)[] attributes = [.. rank == 3 ? new (string, object)[] { ("q_num_heads", 2L), ("kv_num_heads", 2L) } : [], ("is_causal", causal)];
        graph.Output(graph.Node("Attention", ["x", graph.Node("Neg", ["x"]), graph.Node("Relu", ["x"])], attributes));
        OperatorOracle.Agrees(graph.Proto, 23, Random(1, rank == 3 ? [2, 5, 8] : [2, 2, 5, 4]));
    }
}
