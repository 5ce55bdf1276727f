using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tests.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

/// <summary>How many steps integrated gradients take, on a curve that rises within a hundredth of the way.</summary>
public sealed class IntegratedGradientsTests
{
    /// <summary>Two classes: σ(steepness · (x − 1/2)) of one pixel, and 0.</summary>
    private static Network Step(float steepness)
    {
        var g = new OnnxGraph(1, 1, 1, 1);
        string curve = g.Node("Sigmoid", [g.Node("Conv", ["x", g.Weight(full([1, 1, 1, 1], steepness)), g.Weight(full([1], -steepness / 2))])]);
        g.Output(g.Node("Gemm", [g.Node("Flatten", [curve]), g.Weight(tensor(new float[] { 1, 0 }).reshape(1, 2))]));
        return Network.Create("step", "test", OnnxReader.Convert(ShapeOperatorTests.Model(g, 18)).Graph, new Dictionary<string, string>(), new ImportOptions());
    }

    private static SaliencyResult Map(Network network, float[] pixels, int? steps) => Assert.Single(new IntegratedGradients(SaliencyOptions.Default with { Steps = steps })
        .Attribute(new SaliencyRequest(network, tensor(pixels).reshape(-1, 1, 1, 1), [ClassTarget.Of(network, 0, ClassScore.Logit)])));

    [Fact]
    public void StepsAreAddedUntilTheSumIsRight()
    {
        using var scope = NewDisposeScope();
        Network network = Step(300);
        Assert.InRange(Math.Abs(Map(network, [1], 50).ConvergenceDelta![0]), 0.3f, 0.6f); // too few by far
        SaliencyResult enough = Map(network, [1], null);
        Assert.InRange(Math.Abs(enough.ConvergenceDelta![0]), 0, 0.02f);
        Assert.Equal(1, enough.Map.item<float>(), 0.02f);
    }

    [Fact]
    public void AThirdOfTheStepsIsAmongThem()
    {
        using var scope = NewDisposeScope();
        Network network = Step(300);
        Assert.Equal(Map(network, [1], 150).Map.item<float>(), Map(network, [1], null).Map.item<float>(), 1e-5f);
        Assert.Equal(Map(network, [1, 0.8f], 50).Map[1].item<float>(), Map(network, [0.8f], 50).Map.item<float>(), 1e-6f);
    }

    /// <summary>A picture whose neighbour needs more steps keeps the map that it has alone.</summary>
    [Fact]
    public void NeighboursDoNotMatter()
    {
        using var scope = NewDisposeScope();
        Network network = Step(300);
        Assert.Equal(Map(network, [0.2f], null).Map.item<float>(), Map(network, [0.2f, 1], null).Map[0].item<float>());
    }

    [Fact]
    public void WhatNoNumberOfStepsDoesIsToldInTheDelta()
    {
        using var scope = NewDisposeScope();
        Assert.InRange(Math.Abs(Map(Step(30_000), [1], null).ConvergenceDelta![0]), 0.1f, 100f);
    }
}
