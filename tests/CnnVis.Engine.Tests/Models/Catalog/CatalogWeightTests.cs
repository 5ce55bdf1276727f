using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Catalog;
using CnnVis.Engine.Models.Weights;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>State dicts as torchvision saves them become networks.</summary>
public sealed class CatalogWeightTests
{
    [Theory]
    [InlineData("squeezenet1_1"), InlineData("mobilenet_v3_small"), InlineData("convnext_tiny"), InlineData("shufflenet_v2_x1_0")]
    public void EveryTensorFindsItsPlace(string name)
    {
        using StateDict weights = Saved(name);
        using Graph graph = NetworkCatalog.Find(name)!.Build(weights, 64);
        foreach (var (key, tensor) in weights)
        {
            using var scope = NewDisposeScope();
            Assert.True(graph.Parameters[key].view(-1).equal(tensor.view(-1)).all().item<bool>(), key);
        }
    }

    [Theory]
    [InlineData("googlenet", "aux1.conv.conv.weight"), InlineData("googlenet", "aux2.fc2.bias"), InlineData("inception_v3", "AuxLogits.fc.weight")]
    public void AuxiliaryClassifiersAreLeftOut(string name, string key)
    {
        using StateDict weights = Saved(name, (key, ones(3)));
        using Graph graph = NetworkCatalog.Find(name)!.Build(weights);
        Assert.DoesNotContain(key, graph.Parameters.Keys);
    }

    [Fact]
    public void CountersOfBatchesAreLeftOut()
    {
        using StateDict weights = Saved("resnet18", ("bn1.num_batches_tracked", tensor(7L)));
        using Graph graph = NetworkCatalog.Find("resnet18")!.Build(weights);
        Assert.DoesNotContain("bn1.num_batches_tracked", graph.Parameters.Keys);
    }

    [Fact]
    public void WhatIsNoPartOfItIsRefused()
    {
        using StateDict weights = Saved("squeezenet1_1", ("aux1.fc1.weight", ones(3)));
        var error = Assert.Throws<CnnVisException>(() => NetworkCatalog.Find("squeezenet1_1")!.Build(weights));
        Assert.Equal(ErrorIds.WeightsMismatch, error.ErrorId);
        Assert.Contains("aux1.fc1.weight", error.Message);
    }

    [Fact]
    public void ASistersWeightsAreRefused()
    {
        using StateDict weights = Saved("squeezenet1_0");
        Assert.Equal(ErrorIds.WeightsMismatch, Assert.Throws<CnnVisException>(() => NetworkCatalog.Find("squeezenet1_1")!.Build(weights)).ErrorId);
    }

    private static StateDict Saved(string name, params (string, Tensor)[] more)
    {
        var random = new RandomParameters(3);
        return new StateDict("weights.pth", WeightFormat.Safetensors, new Dictionary<string, string>(),
            [.. NetworkCatalog.Find(name)!.Describe().Parameters.Where(p => p.Role != ParameterRole.Constant).Select(p => (p.Name, random.Get(p))), .. more]);
    }
}
