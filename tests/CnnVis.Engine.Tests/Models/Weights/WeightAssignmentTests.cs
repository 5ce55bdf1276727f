using CnnVis.Engine.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Weights;

public sealed class WeightAssignmentTests
{
    private static readonly (string, long[])[] _wanted = [("conv.weight", [2, 1, 3, 3]), ("conv.bias", [2]), ("fc.weight", [5, 2])];

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("backbone.body.")]
    [InlineData("_orig_mod.module.encoder.")]
    public void ACommonPrefixIsTakenOff(string prefix)
    {
        using StateDict weights = Weights((prefix + "conv.bias", [2]), (prefix + "conv.weight", [2, 1, 3, 3]), (prefix + "fc.weight", [5, 2]), (prefix + "bn.num_batches_tracked", []));
        IReadOnlyDictionary<string, Tensor> found = WeightAssignment.Match(weights, _wanted);
        Assert.Equal(["conv.weight", "conv.bias", "fc.weight"], found.Keys);
        foreach (Tensor tensor in found.Values) tensor.Dispose();
    }

    [Fact]
    public void DataParallelInsideANetworkIsSeenThrough()
    {
        using StateDict weights = Weights(("features.module.0.weight", [1]), ("classifier.weight", [2]));
        Assert.Equal(2, WeightAssignment.Match(weights, [("features.0.weight", [1]), ("classifier.weight", [2])]).Count);
    }

    [Theory]
    [InlineData("features.denseblock1.denselayer2.norm.1.weight", "features.denseblock1.denselayer2.norm1.weight")]
    [InlineData("features.denseblock4.denselayer16.conv.2.weight", "features.denseblock4.denselayer16.conv2.weight")]
    public void OldDensenetNamesAreKnown(string file, string name)
    {
        using StateDict weights = Weights((file, [1]));
        Assert.Equal([name], WeightAssignment.Match(weights, [(name, [1])]).Keys);
    }

    [Fact]
    public void WhatIsMissingUnexpectedAndMisshapenIsListedAtOnce()
    {
        using StateDict weights = Weights(("conv.weight", [2, 1, 3, 3]), ("fc.weight", [4, 2, 1]), ("extra", [1]));
        var error = Assert.Throws<CnnVisException>(() => WeightAssignment.Match(weights, _wanted));
        Assert.Equal(ErrorIds.WeightsMismatch, error.ErrorId);
        Assert.Contains("of its 3 parameters 1 is missing (conv.bias); 1 is unexpected (extra); 1 is of another shape (fc.weight is [4, 2, 1] and should be [5, 2])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongListsAreShortened()
    {
        using StateDict weights = Weights([.. Enumerable.Range(0, 50).Select(i => ($"layer{i}.weight", new long[] { 1 }))]);
        var error = Assert.Throws<CnnVisException>(() => WeightAssignment.Match(weights, _wanted));
        Assert.Contains("50 are unexpected (layer0.weight, layer1.weight, layer2.weight, layer3.weight, layer4.weight, layer5.weight and 44 more)", error.Message, StringComparison.Ordinal);
        Assert.Contains("another architecture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoPartsThatFitAreAQuestion()
    {
        using StateDict weights = Weights(("net_a.w", [1]), ("net_b.w", [1]));
        var error = Assert.Throws<CnnVisException>(() => WeightAssignment.Match(weights, [("w", [1])]));
        Assert.Contains("'net_a', 'net_b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AuxiliaryHeadsMayBeThere()
    {
        using StateDict weights = Weights(("w", [1]), ("aux1.w", [1]));
        Assert.Single(WeightAssignment.Match(weights, [("w", [1])], name => name.StartsWith("aux", StringComparison.Ordinal)));
        Assert.Throws<CnnVisException>(() => WeightAssignment.Match(weights, [("w", [1])]));
    }

    [Fact]
    public void TheFoundOutliveTheFile()
    {
        StateDict weights = Weights(("w", [3]));
        Tensor found = WeightAssignment.Match(weights, [("w", [3])])["w"];
        weights.Dispose();
        Assert.Equal([0f, 1f, 2f], found.data<float>().ToArray());
        found.Dispose();
    }

    private static StateDict Weights(params (string Name, long[] Shape)[] tensors) =>
        new("net.pth", WeightFormat.PyTorch, new Dictionary<string, string>(), tensors.Select(t => (t.Name, arange(t.Shape.Aggregate(1L, (a, b) => a * b), ScalarType.Float32).reshape(t.Shape))));
}
