using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Reductions, arg-reductions and TopK against OnnxRuntime.</summary>
public sealed class ReductionTests
{
    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    public static TheoryData<string> Reductions => ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceProd", "ReduceSumSquare", "ReduceLogSumExp", "ReduceLogSum"];

    [Theory]
    [MemberData(nameof(Reductions))]
    public void AxesAsInputAgree(string type)
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(1, 2, 3, 4, 5);
        if (type == "ReduceLogSum") x = x.abs() + 0.1;
        foreach (long keep in new[] { 0L, 1 })
        {
            foreach (long[] axes in new long[][] { [1], [-1], [2, 3], [-1, -3], [3, 1, 2] })
                foreach (int opset in new[] { 18, 22 })
                    OperatorOracle.Agrees(type, opset, [("keepdims", keep)], x, [tensor(axes)]);
            OperatorOracle.Agrees(type, 18, [("keepdims", keep)], x);
        }
    }

    [Theory]
    [MemberData(nameof(Reductions))]
    public void AxesAsAttributeAgree(string type)
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(2, 2, 3, 4).abs() + 0.1;
        foreach (int opset in type == "ReduceSum" ? new[] { 7, 11 } : [7, 11, 13, 17])
            OperatorOracle.Agrees(type, opset, [("axes", new long[] { 1, 2 }), ("keepdims", 0L)], x);
    }

    [Theory]
    [InlineData("ReduceSum")]
    [InlineData("ReduceMean")]
    [InlineData("ReduceMax")]
    public void NoAxesMayMeanNone(string type)
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees(type, 18, [("noop_with_empty_axes", 1L)], Random(3, 2, 3));
        OperatorOracle.Agrees(type, 18, [("noop_with_empty_axes", 1L)], Random(3, 2, 3), [tensor(new[] { 1L })]);
    }

    [Theory]
    [InlineData("ReduceSum")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceMin")]
    [InlineData("ReduceProd")]
    [InlineData("ReduceMean")]
    public void WholeNumbersAgree(string type)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 4);
        graph.Node(type, [graph.Node("Cast", ["x"], ("to", type == "ReduceMean" ? 6L : 7L)), graph.Integers(1)], ("keepdims", 0L));
        OperatorOracle.Agrees(graph.Proto, 18, tensor(new[] { 1f, -2, 3, 5, -7, 2, -2, 1 }).reshape(2, 4));
    }

    [Theory]
    [InlineData("ArgMax")]
    [InlineData("ArgMin")]
    public void ArgReductionsAgree(string type)
    {
        using var scope = NewDisposeScope();
        Tensor ties = tensor(new[] { 1f, 3, 3, 0, 0, 2, 2, 1, 5, 5, 0, 0 }).reshape(2, 3, 2);
        foreach (Tensor x in new[] { Random(4, 2, 3, 4), ties })
            foreach (long axis in new[] { 1L, -1, 2 })
                foreach (long keep in new[] { 0L, 1 })
                    foreach (long last in new[] { 0L, 1 })
                        OperatorOracle.Agrees(type, 13, [("axis", axis), ("keepdims", keep), ("select_last_index", last)], x);
        OperatorOracle.Agrees(type, 7, [], Random(5, 1, 6));
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(0L)]
    public void TopKAgrees(long largest)
    {
        using var scope = NewDisposeScope();
        Tensor ties = tensor(new[] { 1f, 3, 3, 0, 0, 3, 2, 2, 5, 5, 0, 0 }).reshape(2, 6);
        OperatorOracle.Agrees("TopK", 11, [("largest", largest)], ties, [tensor(new[] { 4L })], outputs: 2);
        OperatorOracle.Agrees("TopK", 22, [("largest", largest), ("axis", 1L)], Random(6, 2, 7, 3), [tensor(new[] { 7L })], outputs: 2);
        OperatorOracle.Agrees("TopK", 10, [("axis", -1L)], ties, [tensor(new[] { 1L })], outputs: 2);
        OperatorOracle.Agrees("TopK", 7, [("k", 2L), ("axis", 1L)], ties, outputs: 2);
    }

    [Fact]
    public void BothOutputsOfTopKMayBeUsed()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 6);
        string[] top = graph.Nodes("TopK", ["x", graph.Integers(3)], 2);
        graph.Node("Add", [top[0], graph.Node("Cast", [top[1]], ("to", 1L))]);
        OperatorOracle.Agrees(graph.Proto, 11, Random(7, 3, 6));
    }

    [Fact]
    public void CumSumAgrees()
    {
        using var scope = NewDisposeScope();
        foreach (long axis in new[] { 1L, -1 })
            foreach (long exclusive in new[] { 0L, 1 })
                foreach (long reverse in new[] { 0L, 1 })
                    OperatorOracle.Agrees("CumSum", 14, [("exclusive", exclusive), ("reverse", reverse)], Random(8, 2, 3, 4), [tensor(axis)]);
    }
}
