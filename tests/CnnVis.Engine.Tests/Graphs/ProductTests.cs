using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>Matrix products against OnnxRuntime.</summary>
public sealed class ProductTests
{
    private static Tensor Values(ulong seed, params long[] shape) => randn(shape, generator: new Generator(seed));

    public static TheoryData<(string, object)[], long[], long[], long[]?> Gemms => new()
    {
        { [], [3, 4], [4, 5], [5] },
        { [("transB", 1L)], [3, 4], [5, 4], [5] },
        { [("transB", 1L)], [1, 4], [5, 4], null },
        { [("transB", 1L), ("alpha", 0.5f), ("beta", 2f)], [3, 4], [5, 4], [5] },
        { [("transA", 1L), ("alpha", 1.5f)], [1, 3], [1, 5], [3, 5] },
        { [("transA", 1L), ("transB", 1L), ("beta", -1f)], [1, 3], [5, 1], [3, 1] },
        { [("transB", 1L)], [3, 4], [5, 4], [1, 5] },
        { [("beta", 0.25f)], [3, 4], [4, 5], [1] },
        { [], [1, 4], [4, 5], [] },
        { [("beta", 0f)], [3, 4], [4, 5], [5] },
    };

    [Theory, MemberData(nameof(Gemms))]
    public void Gemm((string, object)[] attributes, long[] a, long[] b, long[]? c)
    {
        Tensor?[] constants = c is null ? [Values(2, b)] : [Values(2, b), Values(3, c)];
        foreach (int opset in (int[])[c is null ? 11 : 7, 13])
            OperatorOracle.Agrees("Gemm", opset, attributes, Values(1, a), constants);
        OperatorChecks.Differentiates("Gemm", attributes, Values(1, a), constants);
    }

    public static TheoryData<long[], long[]> Products => new()
    {
        { [3, 4], [4, 5] }, { [1, 4], [4, 1] }, { [3, 2, 4], [4, 5] }, { [2, 3, 4, 5], [2, 3, 5, 2] }, { [2, 1, 4, 5], [3, 5, 2] }, { [1, 4], [2, 3, 4, 5] },
        { [3, 2, 4], [4] }, { [3, 4], [4] }, { [4], [4, 5] }, { [4], [3, 4, 5] }, { [4], [4] },
    };

    [Theory, MemberData(nameof(Products))]
    public void MatMul(long[] a, long[] b)
    {
        if (a.Length > 1) foreach (int opset in (int[])[7, 9, 13]) OperatorOracle.Agrees("MatMul", opset, [], Values(1, a), [Values(2, b)]);
        else
        {
            // OnnxRuntime is given a batch first; NumPy's rule by hand: the missing dimension goes again.
            using Tensor product = Values(1, a).matmul(Values(2, b));
            Assert.Equal(b.Length == 1 ? [] : [.. b[..^2], b[^1]], product.shape);
            using Graph graph = OperatorChecks.Single("MatMul", [], [1, 4], Values(2, b));
            Assert.Equal(product.shape, graph.Nodes[0].Operator.Shape([new Operand(a, null), new Operand(b, null)]));
            return;
        }
        OperatorChecks.Differentiates("MatMul", [], Values(1, a), Values(2, b));
    }

    public static TheoryData<string, long[], long[][]> Sums => new()
    {
        { "ij,jk->ik", [3, 4], [[4, 5]] },
        { "ij,jk", [3, 4], [[4, 5]] },
        { "b h i d , b h j d -> b h i j", [2, 3, 4, 5], [[2, 3, 6, 5]] },
        { "...ij,...jk->...ik", [2, 3, 4, 5], [[2, 3, 5, 2]] },
        { "bchw,oc->bohw", [3, 2, 4, 5], [[6, 2]] },
        { "bij->bji", [3, 4, 5], [] },
        { "bij->b", [3, 4, 5], [] },
        { "ij->", [3, 4], [] },
        { "bii->bi", [3, 4, 4], [] },
        { "bi,bj->bij", [3, 4], [[3, 5]] },
        { "bi,ij,j->b", [3, 4], [[4, 5], [5]] },
        { "zBa,aC->zCB", [3, 2, 4], [[4, 5]] },
    };

    [Theory, MemberData(nameof(Sums))]
    public void Einsum(string equation, long[] x, long[][] others)
    {
        Tensor[] constants = [.. others.Select((shape, i) => Values((ulong)i + 2, shape))];
        foreach (int opset in (int[])[12, 17]) OperatorOracle.Agrees("Einsum", opset, [("equation", equation)], Values(1, x), constants);
        OperatorChecks.Differentiates("Einsum", [("equation", equation)], Values(1, x), constants);
    }

    [Fact]
    public void MultiplyAddsAreCounted()
    {
        Assert.Equal(4 * 5, Count("Gemm", [("transB", 1L)], [1, 4], [5, 4]));
        Assert.Equal(3 * 4 * 5 * 2, Count("MatMul", [], [1, 3, 4, 5], [1, 3, 5, 2]));
        Assert.Equal(3 * 4 * 6 * 5, Count("Einsum", [("equation", "bhid,bhjd->bhij")], [1, 3, 4, 5], [1, 3, 6, 5]));
        Assert.Equal(0, Count("Einsum", [("equation", "bij->bji")], [1, 3, 4]));

        static long Count(string type, (string, object)[] attributes, long[] x, params long[][] constants)
        {
            using Graph graph = OperatorChecks.Single(type, attributes, x, [.. constants.Select(shape => ones(shape))]);
            return new ShapeWalk(graph).MultiplyAdds(graph.Nodes[0]);
        }
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        OperatorChecks.Refuses("Gemm", [], [1, 4], ones(5, 4));
        OperatorChecks.Refuses("Gemm", [], [1, 4, 1], ones(4, 4));
        OperatorChecks.Refuses("Gemm", [], [1, 4], ones(4, 5), ones(4));
        OperatorChecks.Refuses("Gemm", [], [1, 4], ones(4, 5), ones(2, 5));
        OperatorChecks.Refuses("Gemm", [], [1, 4]);
        OperatorChecks.Refuses("MatMul", [], [1, 4], ones(5, 4));
        OperatorChecks.Refuses("MatMul", [], [1, 2, 3, 4], ones(3, 4, 5));
        OperatorChecks.Refuses("MatMul", [], [1, 4], ones([]));
        foreach (string equation in (string[])["", "ij,jk->il", "ij->ijk", "ij,jk,kl->il", "i j->->", "i1->i", "ij..->ij", "ij,jk->ii", "....i,jk->k", "ijk,jk->i"])
            OperatorChecks.Refuses("Einsum", [("equation", equation)], [1, 4], ones(4, 5));
        OperatorChecks.Refuses("Einsum", [("equation", "ij,jk->ik")], [1, 4], ones(3, 5));
    }
}
