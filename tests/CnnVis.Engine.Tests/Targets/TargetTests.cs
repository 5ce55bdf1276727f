using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Targets;

/// <summary>Any number of any output is explained, on networks of which it is known what it depends on.</summary>
public sealed class TargetTests : IDisposable
{
    private readonly AnswerNetworks _networks = new();

    public void Dispose() => _networks.Dispose();

    [Theory]
    [InlineData("boxes[1,2]", "boxes[1,2]")]
    [InlineData(" mean( out[0,:,3] ) ", "mean(out[0,:,3])")]
    [InlineData("sum(a[2:5,-1])-0.5*b[1]", "sum(a[2:5,-1]) - 0.5*b[1]")]
    [InlineData("a[0] * 2 - 3*'my layer'[1]", "2*a[0] - 3*'my layer'[1]")]
    [InlineData("class(tabby cat, predicted)[0:8,4:12]", "class(tabby cat, predicted)[0:8,4:12]")]
    [InlineData("-/head/Conv_0[:,1]", "-/head/Conv_0[:,1]")]
    public void TargetsAreRead(string text, string canonical)
    {
        Assert.Equal(canonical, CnnTarget.Parse(text).ToString());
        Assert.Equal(canonical, CnnTarget.Parse(canonical).ToString());
    }

    [Theory]
    [InlineData("boxes[0,17", 11)]
    [InlineData("boxes[0,x]", 9)]
    [InlineData("mean(a[0]", 10)]
    [InlineData("a[0] b", 6)]
    [InlineData("a[0] -", 7)]
    [InlineData("class(cat, often)", 12)]
    [InlineData("'a", 1)]
    public void ErrorsNameThePosition(string text, int position) =>
        Assert.Contains($"at position {position} ", Assert.Throws<CnnVisException>(() => CnnTarget.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ABoxThatReadsACornerDependsOnThatAlone()
    {
        Network network = Detector();
        Assert.Equal(AnswerKind.Outputs, network.Answer);
        Assert.Equal(["boxes [2, 3]", "scores [2]"], network.Outputs.Select(o => o.ToString()));
        Network asked = network.Asking([CnnTarget.Parse("boxes[0,1,2]"), CnnTarget.Parse("scores[0]"), CnnTarget.Parse("boxes[1,0] - 2*boxes[0,0]")]);
        using var scope = NewDisposeScope();
        Tensor picture = AnswerNetworks.Pictures().narrow(0, 0, 1);
        float near = picture[0, .., ..2, ..2].mean().item<float>(), far = picture[0, .., 4.., 4..].mean().item<float>();
        NumberTarget[] targets = [.. asked.Answers.Named!.Select((v, i) => new NumberTarget(v, i))];
        foreach (string name in new[] { "Gradient", "GradientTimesInput", "IntegratedGradients", "SmoothGrad", "GuidedBackprop", "LayerwiseRelevance" })
        {
            var maps = SaliencyMethods.Create(name, SaliencyOptions.Default).Attribute(new SaliencyRequest(asked, picture, targets));
            Assert.Equal(3 * far, maps[0].Target.Scores[0], 1e-4f);
            Assert.Equal(near, maps[1].Target.Scores[0], 1e-4f);
            Assert.Equal(far - 2 * near, maps[2].Target.Scores[0], 1e-4f);
            Assert.Equal(0, Outside(maps[0].Map, 4), 1e-6f);
            Assert.Equal(0, Outside(maps[1].Map, 0), 1e-6f);
            Assert.True(maps[0].Map.abs().max().item<float>() > 0.01f && maps[1].Map.abs().max().item<float>() > 0.01f, name);
        }
        OcclusionMap occluded = AnswerTests.Occluded(asked, picture, 0);
        Assert.Equal("boxes[0,1,2]", occluded.Class);
        Assert.Equal(3 * far, occluded.Score, 1e-4f);
        Assert.Equal(3 * 0.5f, occluded.Scores[^1], 1e-4f);
        Assert.All(occluded.Scores.ToArray().SkipLast(1), s => Assert.Equal(3 * far, s, 1e-4f));
    }

    [Fact]
    public void AnAttackBringsANumberAcrossItsThreshold()
    {
        Network asked = Detector().Asking([CnnTarget.Parse("scores[0]")]);
        using var scope = NewDisposeScope();
        Tensor picture = full([1, 3, 6, 6], 0.6f);
        foreach (var (threshold, attack) in new[] { (0.5, "Fgsm"), (0.5, "Pgd"), (0.7, "Pgd"), (0.5, "DeepFool") })
        {
            AdversarialExample example = AnswerTests.Attacked(asked, picture, attack, attack == "DeepFool" ? null : 0.2, number: new NumberGoal(asked.Answers.Logits, "scores[0]", threshold));
            Assert.True(example.Success, attack);
            Assert.Equal(0.6, example.Before.Probability, 1e-5);
            Assert.Equal(threshold > 0.6, example.After.Probability >= threshold);
            Assert.Equal("scores[0] 0.6", example.Before.ToString());
            float[] changed = [.. example.Adversarial.ToArray().Where((v, i) => i % 36 / 6 >= 2 || i % 6 >= 2)];
            if (attack != "Pgd") Assert.All(changed, v => Assert.Equal(0.6f, v, 1e-5f));
        }
    }

    [Fact]
    public void PixelsOfAClassAreExplained()
    {
        string below = "";
        Network network = _networks.Spatial((g, m) => below = g.Node("Conv", [m, g.Weight(randn([3, 4, 1, 1], generator: new Generator(9)))]));
        Network asked = network.Asking([CnnTarget.Parse("class(1)"), CnnTarget.Parse("class(1)[0:2,3:6]"), CnnTarget.Parse("class(1, predicted)"), CnnTarget.Parse($"mean({below}[1,:,:]) - sum({below}[0,2,:,0])")]);
        using var scope = NewDisposeScope();
        Tensor pictures = AnswerNetworks.Pictures(), z = network.Forward(pictures, [below])[0];
        float[] numbers = AnswerNetworks.Numbers(asked, asked.Answers.Logits, pictures); // [2, 4]
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(z[i, 1].mean().item<float>(), numbers[i * 4], 1e-4f);
            Assert.Equal(z[i, 1, ..2, 3..6].mean().item<float>(), numbers[i * 4 + 1], 1e-4f);
            Assert.Equal((z[i, 1] * (z[i].argmax(0) == 1)).sum().item<float>(), numbers[i * 4 + 2], 1e-3f);
            Assert.Equal((z[i, 1].mean() - z[i, 2, .., 0].sum()).item<float>(), numbers[i * 4 + 3], 1e-3f);
        }
        // The box and one pixel of the convolution before it.
        Tensor gradient = new Gradient(SaliencyOptions.Default).Attribute(new SaliencyRequest(asked, pictures, [new NumberTarget(asked.Answers.Named![1], 1)]))[0].Map;
        Assert.Equal(0, gradient[.., .., 3.., ..].abs().max().item<float>(), 1e-7f);
        Assert.Equal(0, gradient[.., .., .., ..2].abs().max().item<float>(), 1e-7f);
    }

    [Theory]
    [InlineData("boxes[0]", "give 2")]
    [InlineData("boxes[0,5,1]", "axis 1")]
    [InlineData("boxes[1,0,0]", "which is 0")]
    [InlineData("boxes[:,1]", "mean(...)")]
    [InlineData("bxes[0,1]", "boxes [2, 3]")]
    [InlineData("class(0)", "not with classes")]
    public void WhatTheNetworkLacksIsTold(string text, string told)
    {
        Network network = Detector();
        Assert.Contains(told, Assert.Throws<CnnVisException>(() => network.Asking([CnnTarget.Parse(text)])).Message, StringComparison.Ordinal);
    }

    /// <summary>Two boxes of (m, 2m, 3m) and scores m, where m is the mean of a corner: the near one of the first, the far one of the second.</summary>
    private Network Detector() => _networks.Read(graph =>
    {
        string near = Corner(0), far = Corner(4);
        string means = graph.Node("Concat", [near, far], ("axis", 1L)); // [N, 2]
        string wide = graph.Node("Unsqueeze", [means, graph.Integers(2)]);
        string boxes = graph.Node("Mul", [wide, graph.Weight(tensor(new[] { 1f, 2, 3 }))]), scores = graph.Node("Identity", [means]);
        graph.Proto.Node[^2].Output[0] = "boxes";
        graph.Proto.Node[^1].Output[0] = "scores";
        graph.Output("boxes", "scores");
        return boxes + scores;

        string Corner(long from) => graph.Node("ReduceMean", [graph.Node("Slice", ["x", graph.Integers(from, from), graph.Integers(from + 2, from + 2), graph.Integers(2, 3)])], ("axes", new[] { 1L, 2, 3 }), ("keepdims", 0L)) is var mean
            ? graph.Node("Unsqueeze", [mean, graph.Integers(1)]) : "";
    });

    /// <summary>The largest magnitude outside a corner of 2 × 2.</summary>
    private static float Outside(Tensor map, int from)
    {
        using Tensor rest = map.detach().clone();
        rest[.., .., from..(from + 2), from..(from + 2)] = 0;
        return rest.abs().max().item<float>();
    }
}
