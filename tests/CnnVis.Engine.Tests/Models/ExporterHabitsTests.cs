using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Convolutional networks with what exporters leave in them: paddings, sizes and scales put together from shapes.</summary>
public sealed class ExporterHabitsTests
{
    private readonly Generator _random = new(21);

    private Tensor Random(params long[] shape) => randn(shape, generator: _random) * 0.4;

    private static string Extent(OnnxGraph g, string value, long axis) => g.Node("Gather", [g.Node("Shape", [value]), g.Integer(axis)], ("axis", 0L));

    private static string Listed(OnnxGraph g, params string[] values) => g.Node("Concat", [.. values.Select(v => g.Node("Unsqueeze", [v, g.Integers(0)]))], ("axis", 0L));

    private static string[] Types(OnnxGraph graph)
    {
        using Graph read = OnnxReader.Convert(ShapeOperatorTests.Model(graph, 13)).Graph;
        return [.. read.Nodes.Select(n => n.Operator.Type)];
    }

    [Fact]
    public void PaddingFromShapes()
    {
        using var scope = NewDisposeScope();
        // TensorFlow's SAME through PyTorch: max(ceil(n / 2) * 2 - 2 + 3 - n, 0), half of it before.
        var g = new OnnxGraph(1, 3, 9, 8);
        string[] pads = [.. new[] { 2L, 3 }.SelectMany(axis =>
        {
            string extent = g.Node("Cast", [Extent(g, "x", axis)], ("to", 1L));
            string outputs = g.Node("Cast", [g.Node("Ceil", [g.Node("Div", [extent, g.Number(2)])])], ("to", 7L));
            string all = g.Node("Sub", [g.Node("Add", [g.Node("Mul", [g.Node("Sub", [outputs, g.Integer(1)]), g.Integer(2)]), g.Integer(3)]), Extent(g, "x", axis)]);
            string some = g.Node("Cast", [g.Node("Clip", [g.Node("Cast", [all], ("to", 1L)), g.Number(0)])], ("to", 7L));
            string before = g.Node("Div", [some, g.Integer(2)]);
            return new[] { before, g.Node("Sub", [some, before]) };
        })];
        // pad's pairs, last axis first, become ONNX's: reshaped, turned round, transposed, flattened.
        string pairs = g.Node("Concat", [Listed(g, pads[2], pads[3], pads[0], pads[1]), g.Node("ConstantOfShape", [g.Integers(4)], ("value", tensor(new[] { 0L })))], ("axis", 0L));
        string reversed = g.Node("Slice", [g.Node("Reshape", [pairs, g.Integers(-1, 2)]), g.Integers(-1), g.Integers(long.MinValue), g.Integers(0), g.Integers(-1)]);
        string flat = g.Node("Cast", [g.Node("Reshape", [g.Node("Transpose", [reversed], ("perm", new long[] { 1, 0 })), g.Integers(-1)])], ("to", 7L));
        string padded = g.Node("Pad", ["x", flat, g.Number(0)], ("mode", "constant"));
        g.Output(g.Node("Conv", [padded, g.Weight(Random(4, 3, 3, 3))], ("strides", new long[] { 2, 2 })));
        Assert.Equal(["Pad", "Conv"], Types(g));
        foreach (long batch in new[] { 1L, 5 }) OperatorOracle.Agrees(g.Proto.Clone(), 13, Random(batch, 3, 9, 8));
    }

    [Fact]
    public void ResizingToTheSizeOfAnotherMap()
    {
        using var scope = NewDisposeScope();
        OnnxGraph g = SkipAndUp(out string low, out string high);
        string sizes = g.Node("Concat", [g.Node("Slice", [g.Node("Shape", [low]), g.Integers(0), g.Integers(2), g.Integers(0)]), Listed(g, Extent(g, high, 2), Extent(g, high, 3))], ("axis", 0L));
        string up = g.Node("Resize", [low, "", "", sizes], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"));
        g.Output(g.Node("Add", [up, high]));
        Assert.Equal(["Conv", "Conv", "Resize", "Add"], Types(g));
        foreach (long batch in new[] { 1L, 5 }) OperatorOracle.Agrees(g.Proto.Clone(), 13, Random(batch, 3, 9, 8));
    }

    [Fact]
    public void ResizingToSizesOfOnePicture()
    {
        using var scope = NewDisposeScope();
        OnnxGraph g = SkipAndUp(out string low, out string high);
        string up = g.Node("Resize", [low, "", "", g.Integers(1, 4, 9, 8)], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        g.Output(g.Node("Add", [up, high]));
        OperatorOracle.AgreesOneByOne(g.Proto, 13, Random(5, 3, 9, 8));
    }

    /// <summary>As TensorFlow's converters have it: channels last.</summary>
    [Fact]
    public void ResizingChannelsLastToSizesOfOnePicture()
    {
        using var scope = NewDisposeScope();
        OnnxGraph g = SkipAndUp(out string low, out string high);
        string turned = g.Node("Transpose", [low], ("perm", new long[] { 0, 2, 3, 1 }));
        string up = g.Node("Resize", [turned, "", "", g.Integers(1, 9, 8, 4)], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        g.Output(g.Node("Add", [g.Node("Transpose", [up], ("perm", new long[] { 0, 3, 1, 2 })), high]));
        OperatorOracle.AgreesOneByOne(g.Proto, 13, Random(5, 3, 9, 8));
    }

    [Fact]
    public void UpsamplingByScalesFromShapes()
    {
        using var scope = NewDisposeScope();
        OnnxGraph g = SkipAndUp(out string low, out string high);
        string[] scales = [.. new[] { 2L, 3 }.Select(axis =>
            g.Node("Div", [g.Node("Cast", [Extent(g, high, axis)], ("to", 1L)), g.Node("Cast", [Extent(g, low, axis)], ("to", 1L))]))];
        string all = g.Node("Concat", [g.Node("Constant", [], ("value", tensor(new[] { 1f, 1 }))), Listed9(g, scales)], ("axis", 0L));
        string up = g.Node("Upsample", [low, all], ("mode", "nearest"));
        g.Output(g.Node("Add", [up, high]));
        foreach (long batch in new[] { 1L, 5 }) OperatorOracle.Agrees(g.Proto.Clone(), 9, Random(batch, 3, 9, 8));
    }

    [Fact]
    public void AdaptivePoolingLeavesAReshapeByShapes()
    {
        using var scope = NewDisposeScope();
        var g = new OnnxGraph(1, 3, 9, 8);
        string pooled = g.Node("AveragePool", [g.Node("Relu", [g.Node("Conv", ["x", g.Weight(Random(4, 3, 3, 3))])])], ("kernel_shape", new long[] { 3, 2 }), ("strides", new long[] { 2, 2 }));
        string rest = g.Node("Mul", [g.Node("Mul", [Extent(g, pooled, 1), Extent(g, pooled, 2)]), Extent(g, pooled, 3)]);
        string flat = g.Node("Reshape", [pooled, Listed(g, Extent(g, pooled, 0), rest)]);
        g.Output(g.Node("Gemm", [flat, g.Weight(Random(36, 5))]));
        Assert.Equal(["Conv", "Relu", "AveragePool", "Reshape", "Gemm"], Types(g));
        foreach (long batch in new[] { 1L, 5 }) OperatorOracle.Agrees(g.Proto.Clone(), 13, Random(batch, 3, 9, 8));
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(1, 36)]
    public void FlatteningForOnePictureTakesAny(long first, long second)
    {
        using var scope = NewDisposeScope();
        var g = new OnnxGraph(1, 4, 3, 3);
        g.Output(g.Node("Gemm", [g.Node("Reshape", ["x", g.Integers(first, second)]), g.Weight(Random(36, 5))]));
        OperatorOracle.AgreesOneByOne(g.Proto, 13, Random(5, 4, 3, 3));
    }

    [Fact]
    public void ChannelsAreShuffledWithoutLosingRowsAndColumns()
    {
        using var scope = NewDisposeScope();
        var g = new OnnxGraph(1, 4, 6, 6);
        string parted = g.Node("Reshape", [g.Node("Conv", ["x", g.Weight(Random(8, 4, 3, 3))]), g.Integers(1, 2, 4, 4, 4)]);
        string shuffled = g.Node("Reshape", [g.Node("Transpose", [parted], ("perm", new long[] { 0, 2, 1, 3, 4 })), g.Integers(1, 8, 4, 4)]);
        g.Output(g.Node("Conv", [shuffled, g.Weight(Random(3, 8, 3, 3))], ("strides", new long[] { 2, 2 })));
        OperatorOracle.AgreesOneByOne(g.Proto.Clone(), 13, Random(5, 4, 6, 6));
        using Graph graph = OnnxReader.Convert(ShapeOperatorTests.Model(g, 13)).Graph;
        Assert.Equal(new ReceptiveField(5, 5, 2, 2, 0, 0), Fields(graph)[graph.Output]);
    }

    [Fact]
    public void ACutMovesTheReceptiveField()
    {
        using var scope = NewDisposeScope();
        var g = new OnnxGraph(1, 3, 12, 12);
        string conv = g.Node("Conv", ["x", g.Weight(Random(4, 3, 3, 3))], ("strides", new long[] { 2, 2 })); // 5 × 5
        string cut = g.Node("Slice", [conv, g.Integers(1, 0), g.Integers(5, 5), g.Integers(2, 3), g.Integers(1, 2)]);
        string backwards = g.Node("Slice", [cut, g.Integers(-1), g.Integers(-99), g.Integers(2), g.Integers(-1)]);
        string mean = g.Node("ReduceMean", [cut], ("axes", new long[] { 3 }), ("keepdims", 0L));
        g.Output(g.Node("Concat", [g.Node("Flatten", [backwards]), g.Node("Flatten", [mean])], ("axis", 1L)));
        using Graph graph = OnnxReader.Convert(ShapeOperatorTests.Model(g, 13)).Graph;
        ReceptiveFieldWalk fields = Fields(graph);
        Assert.Equal(new ReceptiveField(3, 3, 2, 4, 2, 0), fields[cut]);
        Assert.Equal(new ReceptiveField(9, 3, 0, 4, 2, 0), fields[backwards]);
        Assert.Equal(new ReceptiveField(9, 11, 0, 0, 2, 0), fields[mean]);
    }

    private static ReceptiveFieldWalk Fields(Graph graph)
    {
        using var shapes = new ShapeWalk(graph);
        return new ReceptiveFieldWalk(graph, shapes);
    }

    private static string Listed9(OnnxGraph g, string[] values) => g.Node("Concat", [.. values.Select(v => g.Node("Unsqueeze", [v], ("axes", new long[] { 0 })))], ("axis", 0L));

    private OnnxGraph SkipAndUp(out string low, out string high)
    {
        var g = new OnnxGraph(1, 3, 9, 8);
        low = g.Node("Conv", ["x", g.Weight(Random(4, 3, 3, 3))], ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }));
        high = g.Node("Conv", ["x", g.Weight(Random(4, 3, 1, 1))]);
        return g;
    }
}
