using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tests.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

/// <summary>Maps of layers whose places are tokens, or whose channels come last.</summary>
public sealed class TokenMapTests
{
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
        Network network = PatchMeans.Load(PatchMeans.Graph(form).Graph);
        Tensor pixels = rand([2, 1, PatchMeans.Rows * PatchMeans.Patch, PatchMeans.Columns * PatchMeans.Patch], generator: new Generator(3));
        Tensor means = nn.functional.avg_pool2d(pixels, PatchMeans.Patch); // [2, 1, rows, columns]
        ITarget target = ClassTarget.Of(network, 0, ClassScore.Logit);
        foreach (ISaliencyMethod method in new ISaliencyMethod[] { new GradCam(SaliencyOptions.Default), new LayerCam(SaliencyOptions.Default) })
        {
            SaliencyResult result = Assert.Single(method.Attribute(new SaliencyRequest(network, pixels, [target])));
            Assert.Equal([2, 1, PatchMeans.Rows, PatchMeans.Columns], result.Map.shape);
            Assert.True((result.Map * (PatchMeans.Rows * PatchMeans.Columns)).allclose(means, 1e-4, 1e-6), method.Name);
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
        Network network = PatchMeans.Load(exporter == "dynamo" ? SmallTransformer.Dynamo() : SmallTransformer.TorchScript());
        Tensor pixels = rand([3, 3, 8, 8], generator: new Generator(4));
        ITarget target = ClassTarget.Of(network, 1, ClassScore.Logit);
        SaliencyResult result = Assert.Single(new LayerCam(SaliencyOptions.Default).Attribute(new SaliencyRequest(network, pixels, [target])));
        Assert.Equal([3, 1, 2, 2], result.Map.shape);
        using var gradients = new TargetGradients(network, pixels, [target], [result.MapValue!], rule: null, CancellationToken.None);
        Assert.True(network.Layout(result.MapValue!)!.Maps(gradients.Of(0)[0]).abs().sum(1).gt(1e-7).all().item<bool>()); // every place counts
        CnnLayer layer = network.Layers.Single(l => network.Value(l) == result.MapValue);
        Assert.Equal([8, 2, 2], layer.OutputShape); // without the class token
        Assert.Equal((4, 4), (layer.ReceptiveField!.StrideY, layer.ReceptiveField.StrideX));
    }

    [Fact]
    public void AttentionIsNoMap()
    {
        using var scope = NewDisposeScope();
        Network network = PatchMeans.Load(SmallTransformer.Dynamo());
        CnnLayer attention = network.Layers.First(l => l.Operator == "Softmax");
        Assert.Equal(3, attention.OutputShape.Count); // heads, tokens, tokens
        Assert.Null(network.Layout(network.Value(attention)));
        var named = new GradCam(SaliencyOptions.Default with { TargetLayer = attention.Name });
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => named.Attribute(new SaliencyRequest(network, rand(1, 3, 8, 8), [ClassTarget.Of(network, 0, ClassScore.Logit)]))).ErrorId);
    }
}
