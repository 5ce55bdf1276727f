using CnnVis.Engine.Models.Onnx;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Operators that move, cut and join values, against OnnxRuntime.</summary>
public sealed class ShapeOperatorTests
{
    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    private static Tensor Integers(params long[] values) => tensor(values);

    [Fact]
    public void SlicesAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(1, 2, 5, 6, 7);
        foreach (int opset in new[] { 10, 11, 13, 22 })
        {
            OperatorOracle.Agrees("Slice", opset, [], x, [Integers(1), Integers(4), Integers(1)]);
            OperatorOracle.Agrees("Slice", opset, [], x, [Integers(1, -3), Integers(long.MaxValue, int.MaxValue), Integers(2, -1), Integers(2, 1)]);
            OperatorOracle.Agrees("Slice", opset, [], x, [Integers(-1), Integers(long.MinValue), Integers(2), Integers(-1)]);
            OperatorOracle.Agrees("Slice", opset, [], x, [Integers(5, 4), Integers(0, -100), Integers(3, 1), Integers(-2, -3)]);
            OperatorOracle.Agrees("Slice", opset, [], x, [Integers(0, 1), Integers(100, 3)]);
            OperatorOracle.Agrees("Slice", opset, [], x, [Integers(-100), Integers(100), Integers(3), Integers(5)]);
        }
        OperatorOracle.Agrees("Slice", 9, [("starts", new long[] { 1, -2 }), ("ends", new[] { 3, long.MaxValue }), ("axes", new long[] { 1, 3 })], x);
        OperatorOracle.Agrees("Slice", 7, [("starts", new long[] { 0, 2 }), ("ends", new long[] { 100, -1 })], x);
    }

    [Fact]
    public void SplitsAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(2, 2, 6, 7);
        OperatorOracle.Agrees("Split", 13, [("axis", 1L)], x, [Integers(1, 2, 3)], outputs: 3);
        OperatorOracle.Agrees("Split", 13, [("axis", 1L)], x, outputs: 3);
        OperatorOracle.Agrees("Split", 18, [("axis", -1L), ("num_outputs", 3L)], x, outputs: 3);
        OperatorOracle.Agrees("Split", 22, [("axis", -1L)], x, [Integers(7, 0)], outputs: 2);
        OperatorOracle.Agrees("Split", 7, [("axis", 2L), ("split", new long[] { 3, 4 })], x, outputs: 2);
        OperatorOracle.Agrees("Split", 11, [("axis", 1L)], x, outputs: 2);
    }

    [Fact]
    public void PartsOfASplitMayBeUsedInAnyOrder()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 6, 4, 4);
        string[] parts = graph.Nodes("Split", ["x"], 3, ("axis", 1L));
        graph.Node("Concat", [parts[2], graph.Node("Neg", [parts[0]])], ("axis", 1L));
        OperatorOracle.Agrees(graph.Proto, 13, Random(3, 2, 6, 4, 4));
    }

    [Fact]
    public void TransposesAgree()
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees("Transpose", 13, [("perm", new long[] { 0, 2, 3, 1 })], Random(4, 2, 3, 4, 5));
        OperatorOracle.Agrees("Transpose", 7, [("perm", new long[] { 0, 2, 1 })], Random(4, 2, 3, 4));
        OperatorOracle.Agrees("Transpose", 21, [], Random(4, 1, 3, 1));
    }

    [Fact]
    public void SqueezesAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(5, 2, 3, 1, 1);
        OperatorOracle.Agrees("Squeeze", 13, [], x, [Integers(2, 3)]);
        OperatorOracle.Agrees("Squeeze", 21, [], x, [Integers(-1)]);
        OperatorOracle.Agrees("Squeeze", 11, [("axes", new long[] { -2 })], x);
        OperatorOracle.Agrees("Squeeze", 7, [("axes", new long[] { 2, 3 })], x);
        OperatorOracle.Agrees("Squeeze", 13, [], x);
        OperatorOracle.Agrees("Unsqueeze", 13, [], x, [Integers(1, -1)]);
        OperatorOracle.Agrees("Unsqueeze", 11, [("axes", new long[] { 5, 1 })], x);
        OperatorOracle.Agrees("Unsqueeze", 7, [("axes", new long[] { 2 })], x);
    }

    [Fact]
    public void ReshapesAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(6, 2, 3, 4, 5);
        foreach (int opset in new[] { 7, 13, 19, 22 })
            foreach (long[] shape in new long[][] { [-1, 60], [0, -1], [0, 0, 20], [-1, 3, 2, 2, 5], [-1, 12, 5] })
                OperatorOracle.Agrees("Reshape", opset, [], x, [Integers(shape)]);
        OperatorOracle.Agrees("Reshape", 14, [("allowzero", 1L)], x, [Integers(-1, 5, 12)]);
        foreach (long axis in new[] { 1L, 2, -1 }) OperatorOracle.Agrees("Flatten", 13, [("axis", axis)], x);
        OperatorOracle.Agrees("Flatten", 7, [], x);
    }

    [Fact]
    public void GathersAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(7, 2, 3, 4);
        OperatorOracle.Agrees("Gather", 13, [("axis", 1L)], x, [tensor(0L)]);
        OperatorOracle.Agrees("Gather", 13, [("axis", 1L)], x, [Integers(-1, 0, 0)]);
        OperatorOracle.Agrees("Gather", 7, [("axis", 2L)], x, [Integers(3, 1)]);
        OperatorOracle.Agrees("Gather", 11, [("axis", -1L)], x, [Integers(3, 1, -4, 0).reshape(2, 2)]);
        OperatorOracle.Agrees("GatherElements", 13, [("axis", 1L)], Random(8, 1, 3, 4), [zeros([1, 2, 4], ScalarType.Int64) - 1]);
        OperatorOracle.Agrees("GatherND", 13, [("batch_dims", 1L)], Random(8, 1, 3, 4), [Integers(0, 1, 2, -1).reshape(1, 2, 2)]);
        OperatorOracle.Agrees("GatherND", 12, [("batch_dims", 0L)], Random(8, 1, 3, 4), [Integers(0, 2, 0, 1).reshape(2, 2)]);
    }

    [Fact]
    public void ScatterAgrees()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(9, 1, 4, 3), places = Integers(0, 1, 0, -1).reshape(2, 2), updates = Random(10, 2, 3);
        OperatorOracle.Agrees("ScatterND", 13, [], x, [places, updates]);
        OperatorOracle.Agrees("ScatterND", 16, [("reduction", "add")], x, [Integers(0, 1, 0, 1).reshape(2, 2), updates]);
    }

    [Fact]
    public void ShapesAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(11, 3, 4, 5, 6);
        OperatorOracle.Agrees("Shape", 7, [], x);
        OperatorOracle.Agrees("Shape", 15, [("start", 1L), ("end", -1L)], x);
        OperatorOracle.Agrees("Shape", 15, [("start", -2L)], x);
        OperatorOracle.Agrees("Shape", 22, [("start", 3L), ("end", 1L)], x);
        OperatorOracle.Agrees("Size", 13, [], x);
    }

    [Fact]
    public void ExpandAndTileAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(12, 2, 3, 1);
        OperatorOracle.Agrees("Expand", 8, [], x, [Integers(1, 1, 4)]);
        OperatorOracle.Agrees("Expand", 13, [], x, [Integers(4)]);
        OperatorOracle.Agrees("Tile", 7, [], x, [Integers(1, 2, 3)]);
        OperatorOracle.Agrees("Tile", 13, [], x, [Integers(1, 1, 1)]);
    }

    [Fact]
    public void TriangleAndOneHotAgree()
    {
        using var scope = NewDisposeScope();
        foreach (long upper in new[] { 0L, 1 })
            foreach (long k in new[] { -2L, 0, 1 })
                OperatorOracle.Agrees("Trilu", 14, [("upper", upper)], Random(13, 2, 4, 5), [tensor(k)]);
        OperatorOracle.Agrees("Trilu", 14, [], Random(13, 2, 4, 5));
        foreach (long axis in new[] { -1L, 1 })
        {
            var graph = new OnnxGraph(1, 4);
            graph.Node("OneHot", [graph.Node("Cast", ["x"], ("to", 7L)), graph.Integers(5), graph.Weight(tensor(new[] { -1f, 2 }))], ("axis", axis));
            OperatorOracle.Agrees(graph.Proto, 11, tensor(new[] { 0f, 4, -1, 7, 2, -9, 1, 3 }).reshape(2, 4));
        }
    }

    [Fact]
    public void RangeAgrees()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string columns = graph.Node("Gather", [graph.Node("Shape", ["x"]), graph.Integer(1)]);
        string range = graph.Node("Range", [graph.Integer(5), graph.Node("Neg", [columns]), graph.Integer(-3)]);
        graph.Node("Add", ["x", graph.Node("Cast", [range], ("to", 1L))]);
        OperatorOracle.Agrees(graph.Proto, 13, Random(14, 2, 3));
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void OldSoftmaxFlattens(string type)
    {
        using var scope = NewDisposeScope();
        foreach (int opset in new[] { 7, 11, 12, 13, 22 })
        {
            OperatorOracle.Agrees(type, opset, [], Random(15, 2, 3, 4));
            foreach (long axis in new[] { 1L, 2 })
            {
                OperatorOracle.Agrees(type, opset, [("axis", axis)], Random(16, 2, 3, 4));
                OperatorOracle.Agrees(type, opset, [("axis", axis)], Random(16, 2, 5, 1, 1));
            }
        }
    }

    [Fact]
    public void DropoutDoesNothing()
    {
        using var scope = NewDisposeScope();
        foreach (int opset in new[] { 7, 10 }) OperatorOracle.Agrees("Dropout", opset, [("ratio", 0.3f)], Random(17, 2, 3));
        OperatorOracle.Agrees("Dropout", 13, [], Random(17, 2, 3), [tensor(0.4f)]);
    }

    [Fact]
    public void ImpossibleSizesAreOneClearErrorBeforeAnythingIsAllocated()
    {
        using var scope = NewDisposeScope();
        Refused("Expand", [Integers(1, long.MaxValue, 1)], "Expand");
        Refused("Expand", [Integers(1L << 40, 3, 1L << 40)], "Expand");
        Refused("Tile", [Integers(1, 1L << 62, 1L << 62)], "Tile");
        Refused("Tile", [Integers(1, -1, 1)], "Tile");
        Refused("Reshape", [Integers(1, -3, 1)], "Reshape");
        Refused("Slice", [Integers(0), Integers(1), Integers(7)], "Slice");
        Refused("Slice", [Integers(0), Integers(1), Integers(1), Integers(0)], "Slice");
        Refused("Gather", [Integers(99)], "Gather");
        Refused("Unsqueeze", [Integers(1, 1)], "Unsqueeze");
        Refused("Squeeze", [Integers(1)], "Squeeze");
        Refused("Split", [Integers(-1, 4)], "Split");
        Refused("ReduceSum", [Integers(9)], "ReduceSum");
        Refused("TopK", [Integers(77)], "TopK");

        static void Refused(string type, Tensor[] constants, string named)
        {
            var graph = new OnnxGraph(1, 3, 1);
            graph.Output(graph.Nodes(type, ["x", .. constants.Select(graph.Weight)], type == "Split" ? 2 : 1));
            var error = Assert.Throws<CnnVisException>(() => OnnxReader.Convert(Model(graph, 18)));
            Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
            Assert.Contains(named, error.Message);
        }
    }

    internal static ModelProto Model(OnnxGraph graph, int opset) => new() { IrVersion = 10, Graph = graph.Proto.Clone(), OpsetImport = { new OperatorSetIdProto { Version = opset } } };
}
