using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Element-wise arithmetic and comparison against OnnxRuntime.</summary>
public sealed class ArithmeticTests
{
    private static Tensor Random(long seed, params long[] shape) => randn(shape, generator: new Generator((ulong)seed));

    [Theory]
    [InlineData("Abs", 13)]
    [InlineData("Neg", 7)]
    [InlineData("Exp", 13)]
    [InlineData("Erf", 13)]
    [InlineData("Erf", 9)]
    [InlineData("Floor", 13)]
    [InlineData("Ceil", 13)]
    [InlineData("Round", 22)]
    [InlineData("Sign", 13)]
    [InlineData("Sin", 22)]
    [InlineData("Cos", 7)]
    [InlineData("Tan", 22)]
    [InlineData("Reciprocal", 13)]
    public void UnaryAgrees(string type, int opset)
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees(type, opset, [], Random(1, 3, 4, 5) * 3);
    }

    [Theory]
    [InlineData("Sqrt")]
    [InlineData("Log")]
    public void UnaryOfPositivesAgrees(string type)
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees(type, 13, [], Random(2, 2, 7).abs() + 0.1);
    }

    [Fact]
    public void RoundGoesToEven()
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees("Round", 13, [], tensor(new[] { -2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f, 0.49999997f }).reshape(1, 7));
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Sub")]
    [InlineData("Mul")]
    [InlineData("Div")]
    public void BinaryBroadcasts(string type)
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(3, 2, 3, 4, 5);
        foreach (long[] other in new long[][] { [1, 3, 4, 5], [3, 1, 1], [5], [], [1, 1, 4, 1] })
            foreach (int opset in new[] { 7, 14, 22 })
                OperatorOracle.Agrees(type, opset, [], x, [Random(4, other) + 3]);
    }

    [Fact]
    public void PowersAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(5, 2, 6).abs() + 0.1;
        OperatorOracle.Agrees("Pow", 13, [], x, [tensor(2f)]);
        OperatorOracle.Agrees("Pow", 7, [], x, [Random(6, 6)]);
        OperatorOracle.Agrees("Pow", 13, [], Random(5, 2, 6), [tensor(3L)]);
    }

    [Theory]
    [InlineData("Div")]
    [InlineData("Mod")]
    [InlineData("Add")]
    [InlineData("Mul")]
    [InlineData("Sub")]
    [InlineData("Max")]
    [InlineData("Min")]
    [InlineData("Pow")]
    [InlineData("Equal")]
    [InlineData("Less")]
    [InlineData("GreaterOrEqual")]
    public void WholeNumbersAgree(string type)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 6);
        string whole = graph.Node("Cast", ["x"], ("to", 7L));
        graph.Node(type, [whole, graph.Integers(type == "Pow" ? [0, 1, 2, 3, 4, 5] : [2, -2, 3, -3, 5, 2])]);
        OperatorOracle.Agrees(graph.Proto, 13, tensor(new[] { 7f, 7, -7, -7, -8, -1 }).reshape(1, 6));
    }

    [Fact]
    public void RemaindersOfFloatsAgree()
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees("Mod", 13, [("fmod", 1L)], tensor(new[] { 7.5f, -7.5f, 7.5f, -7.5f }).reshape(1, 4), [tensor(new[] { 2f, 2f, -2f, -2f })]);
    }

    [Theory]
    [InlineData("Min")]
    [InlineData("Max")]
    [InlineData("Mean")]
    [InlineData("Sum")]
    public void VariadicAgrees(string type)
    {
        using var scope = NewDisposeScope();
        Tensor x = Random(7, 2, 3, 4);
        OperatorOracle.Agrees(type, 13, [], x);
        OperatorOracle.Agrees(type, 8, [], x, [Random(8, 3, 1)]);
        OperatorOracle.Agrees(type, 13, [], x, [Random(8, 4), Random(9, 1, 3, 1), tensor(0.2f)]);
    }

    [Theory]
    [InlineData("Equal", 13)]
    [InlineData("Equal", 11)]
    [InlineData("Greater", 9)]
    [InlineData("GreaterOrEqual", 12)]
    [InlineData("Less", 13)]
    [InlineData("LessOrEqual", 16)]
    public void ComparisonsAgree(string type, int opset)
    {
        using var scope = NewDisposeScope();
        OperatorOracle.Agrees(type, opset, [], tensor(new[] { 1f, 2, 3, 4, 2, 2 }).reshape(2, 3), [tensor(new[] { 2f, 2, 2 })]);
    }

    [Theory]
    [InlineData("And")]
    [InlineData("Or")]
    [InlineData("Xor")]
    public void LogicAgrees(string type)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 4);
        string positive = graph.Node("Greater", ["x", graph.Number(0)]);
        string large = graph.Node("Not", [graph.Node("Less", ["x", graph.Number(1)])]);
        graph.Node(type, [positive, large]);
        OperatorOracle.Agrees(graph.Proto, 13, tensor(new[] { -1f, 0.5f, 2, 0 }).reshape(1, 4));
    }

    [Fact]
    public void WhereAndIsNaNAgree()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraph(1, 3);
        string root = graph.Node("Sqrt", ["x"]);
        string bad = graph.Node("IsNaN", [root]);
        graph.Node("Where", [bad, graph.Weight(tensor(new[] { 5f, 6, 7 })), root]);
        OperatorOracle.Agrees(graph.Proto, 16, tensor(new[] { -1f, 4, -9, 1, 2, 3 }).reshape(2, 3));
    }

    [Fact]
    public void CastsAgree()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { -1.9f, 1.9f, 0, 200.7f, -130, 300, 70000 }).reshape(1, 7);
        foreach (long to in new[] { 1L, 7, 6, 9, 11 }) OperatorOracle.Agrees("Cast", 13, [("to", to)], x);
        foreach (long to in new[] { 2L, 3, 4, 5, 12 })
        {
            var graph = new OnnxGraph(1, 7);
            string narrow = graph.Node("Cast", [graph.Node("Cast", ["x"], ("to", 6L))], ("to", to));
            graph.Node("Cast", [narrow], ("to", 1L));
            OperatorOracle.Agrees(graph.Proto, 13, x);
        }
        OperatorOracle.Agrees("CastLike", 15, [], x, [tensor(new long[] { 1 })]);
    }
}
