using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tests.Graphs;
using CnnVis.Engine.Tests.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

/// <summary>Maps of layers whose places are tokens, or whose channels come last.</summary>
public sealed class TokenMapTests
{
    private const int Rows = 3, Columns = 5, Patch = 4;

    /// <summary>
    /// A patch is its mean (feature 0) and its negative mean (feature 1). Tokens may follow others, may be turned, may be a map with its channels last; the score is the
    /// mean of feature 0 over the places.
    /// </summary>
    private static OnnxGraph Means(string form)
    {
        var g = new OnnxGraph(1, 1, Rows * Patch, Columns * Patch);
        string patches = g.Node("Conv", ["x", g.Weight(cat([full([1, 1, Patch, Patch], 1f / 16), full([1, 1, Patch, Patch], -1f / 16)]))], ("strides", new long[] { Patch, Patch }));
        string last = form == "channels last" ? g.Node("Transpose", [patches], ("perm", new long[] { 0, 2, 3, 1 })) // [N, rows, columns, 2]
            : g.Node("Reshape", [patches, g.Integers(0, 2, -1)]); // [N, 2, places]
        if (form is "tokens" or "class token" or "registers at the end") last = g.Node("Transpose", [last], ("perm", new long[] { 0, 2, 1 }));
        string batch = g.Node("Shape", ["x"], ("start", 0L), ("end", 1L));
        string token = form is "class token" or "registers at the end" ? g.Node("Expand", [g.Weight(full([1, 1, 2], 100f)), g.Node("Concat", [batch, g.Integers(1, 2)], ("axis", 0L))]) : "";
        if (form == "class token") last = g.Node("Concat", [token, last], ("axis", 1L));
        if (form == "registers at the end") last = g.Node("Concat", [last, token], ("axis", 1L));
        // A layer of weights, one of features only, that leaves them as they are.
        last = form == "features first" ? g.Node("Add", [last, g.Weight(zeros(1, 2, 1))]) : g.Node("MatMul", [last, g.Weight(eye(2))]);
        string places = form == "class token" ? g.Node("Slice", [last, g.Integers(1), g.Integers(1000), g.Integers(1)])
            : form == "registers at the end" ? g.Node("Slice", [last, g.Integers(0), g.Integers(Rows * Columns), g.Integers(1)]) : last;
        string means = form == "features first" ? g.Node("ReduceMean", [places, g.Integers(2)], ("keepdims", 0L))
            : g.Node("ReduceMean", [places, form == "channels last" ? g.Integers(1, 2) : g.Integers(1)], ("keepdims", 0L)); // [N, 2]
        return g.Output(g.Node("Gemm", [means, g.Weight(tensor(new float[] { 1, 0, 0, 1 }).reshape(2, 2))]));
    }

    private static Network Of(OnnxGraph graph) =>
        Network.Create("tokens", "test", OnnxReader.Convert(ShapeOperatorTests.Model(graph, 18)).Graph, new Dictionary<string, string>(), new ImportOptions());

    /// <summary>All weights of feature 0 are alike: the map is the patches' means, place by place, and tokens that are no place are not in it.</summary>
    [Theory]
    [InlineData("tokens")]
    [InlineData("class token")]
    [InlineData("registers at the end")]
    [InlineData("features first")]
    [InlineData("channels last")]
    public void ClassActivationMapsLieOnTheGrid(string form)
    {
        using var scope = NewDisposeScope();
        Network network = Of(Means(form));
        Tensor pixels = rand([2, 1, Rows * Patch, Columns * Patch], generator: new Generator(3));
        Tensor means = nn.functional.avg_pool2d(pixels, Patch); // [2, 1, rows, columns]
        ITarget target = ClassTarget.Of(network, 0, ClassScore.Logit);
        foreach (ISaliencyMethod method in new ISaliencyMethod[] { new GradCam(SaliencyOptions.Default), new LayerCam(SaliencyOptions.Default) })
        {
            SaliencyResult result = Assert.Single(method.Attribute(new SaliencyRequest(network, pixels, [target])));
            Assert.Equal([2, 1, Rows, Columns], result.Map.shape);
            Assert.True((result.Map * (Rows * Columns)).allclose(means, 1e-4, 1e-6), method.Name);
        }
        Tensor score = Assert.Single(new ScoreCam(SaliencyOptions.Default).Attribute(new SaliencyRequest(network, pixels, [target]))).Map;
        Assert.Equal(means.flatten(1).argmax(1), score.flatten(1).argmax(1)); // where the patch is brightest
    }

    /// <summary>Behind the last attention only the class token counts: the map is taken where what goes round the block still has all of them.</summary>
    [Theory]
    [InlineData("torchscript")]
    [InlineData("dynamo")]
    public void ATransformersMapIsTakenBeforeItsLastAttention(string exporter)
    {
        using var scope = NewDisposeScope();
        Network network = Of(exporter == "dynamo" ? SmallTransformer.Dynamo() : SmallTransformer.TorchScript());
        Tensor pixels = rand([3, 3, 8, 8], generator: new Generator(4));
        ITarget target = ClassTarget.Of(network, 1, ClassScore.Logit);
        SaliencyResult result = Assert.Single(new LayerCam(SaliencyOptions.Default).Attribute(new SaliencyRequest(network, pixels, [target])));
        Assert.Equal([3, 1, 2, 2], result.Map.shape);
        using var gradients = new TargetGradients(network, pixels, [target], [result.MapValue!], rule: null, CancellationToken.None);
        Assert.True(network.Layout(result.MapValue!)!.Maps(gradients.Of(0)[0]).abs().sum(1).gt(1e-7).all().item<bool>()); // every place counts
        CnnLayer layer = network.Layers.Single(l => network.Value(l) == result.MapValue);
        Assert.Equal([5, 8], layer.OutputShape); // a class token and 2 × 2 places
        Assert.Equal((4, 4), (layer.ReceptiveField!.StrideY, layer.ReceptiveField.StrideX));
    }

    [Fact]
    public void AttentionIsNoMap()
    {
        using var scope = NewDisposeScope();
        Network network = Of(SmallTransformer.Dynamo());
        CnnLayer attention = network.Layers.First(l => l.Operator == "Softmax");
        Assert.Equal(3, attention.OutputShape.Count); // heads, tokens, tokens
        Assert.Null(network.Layout(network.Value(attention)));
        var named = new GradCam(SaliencyOptions.Default with { TargetLayer = attention.Name });
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => named.Attribute(new SaliencyRequest(network, rand(1, 3, 8, 8), [ClassTarget.Of(network, 0, ClassScore.Logit)]))).ErrorId);
    }
}
