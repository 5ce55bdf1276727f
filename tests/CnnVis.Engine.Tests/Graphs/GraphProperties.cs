using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.Engine.Tests.Attribution.Occlusion;
using FsCheck.Xunit;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Graphs;

/// <summary>What holds of every network, tried on networks that FsCheck makes up.</summary>
[Properties(Arbitrary = [typeof(RandomNetworks)], MaxTest = 40)]
public sealed class GraphProperties
{
    [Property]
    public void ShapesThatAreWalkedAreThoseThatAreComputed(RandomNetwork network, byte batch)
    {
        using var scope = NewDisposeScope();
        using Graph graph = network.Build();
        using var shapes = new ShapeWalk(graph);
        string[] values = [.. graph.Nodes.Select(n => n.Output)];
        Tensor[] computed = new ForwardWalk(graph, values).Run(rand([1 + batch % 3, .. graph.InputShape.Skip(1)]));
        for (int i = 0; i < values.Length; i++) Assert.Equal(shapes[values[i]].Skip(1), computed[i].shape.Skip(1));
    }

    [Property(MaxTest = 25)]
    public void WhatAnOccluderChangesIsWhatFullPassesSay(RandomNetwork network, byte window, byte stride)
    {
        using Graph plain = network.Build();
        using Graph graph = new(plain.Input, [.. plain.InputShape], [.. plain.Nodes, new Node("prob", OperatorCatalog.Create("Softmax"), [plain.Output], "prob")], plain.Parameters, "prob");
        int side = 1 + window % 8, step = 1 + stride % side;
        IncrementalTests.Agree(graph, new OccluderGrid(new OccluderAxis(network.Height, Math.Min(side, network.Height), Math.Min(step, network.Height)), new OccluderAxis(network.Width, Math.Min(side, network.Width), Math.Min(step, network.Width))),
            network.Seed, steps: null, batchSize: 8, groupSize: 1 << 14);
    }

    /// <summary>⟨A x, y⟩ = ⟨x, Aᵀ y⟩.</summary>
    [Property]
    public void TheWayBackOfALinearNetworkIsItsTranspose(RandomNetwork network)
    {
        using var scope = NewDisposeScope();
        using Graph graph = network.Build(linear: true);
        Tensor x = rand([.. graph.InputShape]), y = rand([1, 4]);
        using var pass = new BackwardWalk(graph, [graph.Output], [graph.Input]).Run(x);
        Tensor there = pass.Head(0), back = pass.Backward([y])[0];
        double left = (there * y).sum().item<float>(), right = (x * back).sum().item<float>();
        Assert.Equal(left, right, 1e-4 * Math.Max(1, (there * y).abs().sum().item<float>()));
    }

    /// <summary>Without biases nothing takes relevance away: it adds up to the score.</summary>
    [Property]
    public void RelevanceAddsUpToTheScore(RandomNetwork network)
    {
        using var scope = NewDisposeScope();
        using Graph graph = network.Build(biased: false);
        Network asked = Network.Create("net", "test", graph, new Dictionary<string, string>(), new ImportOptions { Answer = AnswerKind.Numbers });
        var request = new SaliencyRequest(asked, rand([1, .. asked.Graph.InputShape.Skip(1)]), [ClassTarget.Of(asked, 0, ClassScore.Logit)]);
        SaliencyResult result = new LayerwiseRelevance(new SaliencyOptions { Rule = RelevanceRuleKind.Epsilon }).Attribute(request)[0];
        float score = result.Target.Scores[0];
        // Stabilised division leaves what a unit near zero could not share out: that is what is reported.
        Assert.Equal(score, result.Map.sum().item<float>() - result.ConvergenceDelta![0], 1e-3f * Math.Max(1, Math.Abs(score)));
        Assert.InRange(Math.Abs(result.ConvergenceDelta[0]), 0, 0.05f * Math.Max(1, Math.Abs(score)));
    }
}
