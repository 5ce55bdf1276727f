using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models;

/// <summary>What import takes out of a graph, and what it leaves.</summary>
public sealed class OnnxFoldingTests
{
    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    private static string[] Types(OnnxGraph graph, int opset = 17)
    {
        using Graph read = OnnxReader.Convert(ShapeOperatorTests.Model(graph, opset)).Graph;
        return [.. read.Nodes.Select(n => n.Operator.Type)];
    }

    [Fact]
    public void FlatteningByAShapeChainIsAReshape()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3, 4, 5);
        string batch = graph.Node("Unsqueeze", [graph.Node("Gather", [graph.Node("Shape", ["x"]), graph.Integer(0)], ("axis", 0L)), graph.Integers(0)]);
        graph.Output(graph.Node("Reshape", ["x", graph.Node("Concat", [batch, graph.Integers(-1)], ("axis", 0L))]));
        Assert.Equal(["Reshape"], Types(graph));
        foreach (long n in new[] { 1L, 5 }) OperatorOracle.Agrees(graph.Proto, 17, Random(1, n, 3, 4, 5));
    }

    [Fact]
    public void WhatDependsOnTheBatchStaysComputed()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string batch = graph.Node("Gather", [graph.Node("Shape", ["x"]), graph.Integer(0)]);
        graph.Output(graph.Node("Div", ["x", graph.Node("Cast", [batch], ("to", 1L))]));
        foreach (long n in new[] { 1L, 5 }) OperatorOracle.Agrees(graph.Proto, 17, Random(2, n, 3));
        Assert.Contains("Shape", Types(graph));
    }

    [Fact]
    public void SizesAreConstants()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3, 8, 6);
        string shape = graph.Node("Shape", ["x"]);
        string rows = graph.Node("Gather", [shape, graph.Integer(2)]);
        string half = graph.Node("Div", [graph.Node("Add", [rows, graph.Integer(1)]), graph.Integer(2)]);
        string end = graph.Node("Unsqueeze", [half, graph.Integers(0)]);
        graph.Output(graph.Node("Slice", ["x", graph.Integers(0), end, graph.Integers(2)]));
        Assert.Equal(["Slice"], Types(graph));
        OperatorOracle.Agrees(graph.Proto, 17, Random(3, 2, 3, 8, 6));
    }

    [Fact]
    public void ConstantsAreWorkedOut()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string weight = graph.Node("Transpose", [graph.Weight(Random(4, 2, 3))]);
        string half = graph.Node("Cast", [graph.Node("Cast", [weight], ("to", 10L))], ("to", 1L));
        string filled = graph.Node("ConstantOfShape", [graph.Integers(2)], ("value", tensor(new[] { 0.5f })));
        string zero = graph.Node("ConstantOfShape", [graph.Integers(2)]);
        graph.Output(graph.Node("Gemm", ["x", half, graph.Node("Add", [filled, zero])]));
        Assert.Equal(["Gemm"], Types(graph));
        OperatorOracle.Agrees(graph.Proto, 17, Random(5, 2, 3), 1e-3f);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheBranchTakenReplacesAnIf(bool taken)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3, 1, 1);
        string doubled = graph.Node("Add", ["x", "x"]);
        string rows = graph.Node("Gather", [graph.Node("Shape", ["x"]), graph.Integer(2)]);
        string condition = graph.Node("Equal", [rows, graph.Integer(taken ? 1 : 2)]);
        OnnxGraph then = OnnxGraph.Branch("inner"), otherwise = OnnxGraph.Branch("inner");
        then.Output(then.Node("Squeeze", [then.Node("Mul", [doubled, then.Weight(Random(6, 3, 1, 1))]), then.Integers(2, 3)]));
        otherwise.Output(otherwise.Node("Identity", [doubled]));
        string result = graph.Node("If", [condition], ("then_branch", then), ("else_branch", otherwise));
        graph.Output(graph.Node("Relu", [result]));
        Assert.Equal(taken ? ["Add", "Mul", "Squeeze", "Relu"] : ["Add", "Identity", "Relu"], Types(graph));
        OperatorOracle.Agrees(graph.Proto, 17, Random(7, 2, 3, 1, 1));
    }

    [Fact]
    public void IfsInsideIfsAreFolded()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string yes = graph.Node("Constant", [], ("value", tensor(true)));
        OnnxGraph deep = OnnxGraph.Branch("deep"), shallow = OnnxGraph.Branch("shallow"), other = OnnxGraph.Branch("other"), never = OnnxGraph.Branch("never");
        string relu = shallow.Node("Relu", ["x"]);
        deep.Output(deep.Node("Neg", [relu]));
        other.Output(other.Node("Abs", ["x"]));
        never.Output(never.Node("Identity", [relu]));
        shallow.Output(shallow.Node("If", [yes], ("then_branch", deep), ("else_branch", never)));
        graph.Output(graph.Node("If", [yes], ("then_branch", shallow), ("else_branch", other)));
        OperatorOracle.Agrees(graph.Proto, 17, Random(8, 2, 3));
        Assert.Equal(["Relu", "Neg"], Types(graph));
    }

    [Fact]
    public void AnIfOnThePictureIsOneClearError()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 1);
        OnnxGraph then = OnnxGraph.Branch("a").Output("x"), otherwise = OnnxGraph.Branch("b").Output("x");
        string condition = graph.Node("Squeeze", [graph.Node("Cast", ["x"], ("to", 9L))]);
        graph.Output(graph.Node("If", [condition], ("then_branch", then), ("else_branch", otherwise)));
        AssertRefused(graph, "If", "opset 17", "If_");
    }

    [Theory]
    [InlineData("Loop", "", 17)]
    [InlineData("NGramRepeatBlock", "com.microsoft", 13)]
    public void AnUnknownOperatorIsNamedWithDomainNodeAndOpset(string type, string domain, int opset)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        graph.Output(graph.Node(type, ["x"], type == "Loop" ? [("body", OnnxGraph.Branch("body").Output("x"))] : []));
        graph.Proto.Node[0].Domain = domain;
        AssertRefused(graph, opset, domain.Length > 0 ? $"{domain}.{type}" : type, $"opset {opset}", $"'{type}_v0'");
    }

    [Fact]
    public void AnUnknownOperatorInTheBranchTakenIsNamed()
    {
        using var scope = NewDisposeScope();
        OnnxGraph graph = new(1, 3), then = OnnxGraph.Branch("t"), otherwise = OnnxGraph.Branch("e");
        then.Output(then.Node("Bernoulli", ["x"]));
        otherwise.Output(otherwise.Node("Relu", ["x"]));
        graph.Output(graph.Node("If", [graph.Node("Constant", [], ("value", tensor(true)))], ("then_branch", then), ("else_branch", otherwise)));
        AssertRefused(graph, "Bernoulli", "opset 17", "Bernoulli_t0");
    }

    [Fact]
    public void AnOutputThatIsNotGivenIsNamed()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string[] two = graph.Nodes("Relu", ["x"], 2);
        graph.Output(graph.Node("Where", [two[1], two[0], "x"]));
        AssertRefused(graph, "output 1", "Relu", "opset 17");
    }

    [Fact]
    public void SparseConstantsWithoutATensorAreOneClearError()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string sparse = graph.Node("Constant", [], ("sparse_value", 1L));
        graph.Output(graph.Node("Add", ["x", sparse]));
        var error = Assert.Throws<CnnVisException>(() => OnnxReader.Convert(ShapeOperatorTests.Model(graph, 17)));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        Assert.Contains("no value", error.Message);
    }

    [Theory]
    [InlineData(0, "opset_version=21")]
    [InlineData(26, "newer")]
    [InlineData(-1, "no operator set")]
    public void OtherOperatorSetsAreRefused(int opset, string said)
    {
        var graph = new OnnxGraph(1, 3);
        graph.Output(graph.Node("Relu", ["x"]));
        ModelProto model = ShapeOperatorTests.Model(graph, opset);
        if (opset < 0) model.OpsetImport.Clear();
        var error = Assert.Throws<CnnVisException>(() => OnnxReader.Convert(model));
        Assert.Equal(ErrorIds.ModelUnreadable, error.ErrorId);
        Assert.Contains(said, error.Message);
    }

    [Fact]
    public void NodesMayComeInAnyOrder()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3, 4);
        string shape = graph.Node("Shape", ["x"]);
        graph.Output(graph.Node("Reshape", ["x", graph.Node("Concat", [graph.Node("Slice", [shape, graph.Integers(0), graph.Integers(1)]), graph.Integers(12)], ("axis", 0L))]));
        NodeProto[] backwards = [.. graph.Proto.Node.Reverse()];
        graph.Proto.Node.Clear();
        graph.Proto.Node.AddRange(backwards);
        Assert.Equal(["Reshape"], Types(graph));
    }

    [Fact]
    public void ConstantsThatGrowAreLeftToTheRunWhenThereAreMany()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string sum = "x";
        for (int i = 0; i < 200; i++) sum = graph.Node("Add", [sum, graph.Node("ReduceSum", [graph.Node("Expand", [graph.Number(1), graph.Integers(60_000)]), graph.Integers(0)], ("keepdims", 0L))]);
        graph.Output(sum);
        using Graph read = OnnxReader.Convert(ShapeOperatorTests.Model(graph, 17)).Graph;
        Assert.InRange(read.Nodes.Count(n => n.Operator.Type == "Expand"), 1, 199);
        Assert.Equal(200 * 60_000f, new ForwardWalk(read, [read.Output]).Run(zeros(2, 3))[0].max().item<float>());
    }

    private static void AssertRefused(OnnxGraph graph, params string[] said) => AssertRefused(graph, 17, said);

    private static void AssertRefused(OnnxGraph graph, int opset, params string[] said)
    {
        var error = Assert.Throws<CnnVisException>(() => OnnxReader.Convert(ShapeOperatorTests.Model(graph, opset)));
        Assert.Equal(ErrorIds.OperatorNotSupported, error.ErrorId);
        Assert.All(said, part => Assert.Contains(part, error.Message));
    }
}
