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

    [Theory, InlineData("module."), InlineData("")]
    public void ResNetsForSmallPicturesAreReadAsTheyArePublished(string prefix)
    {
        CatalogEntry entry = NetworkCatalog.Find("resnet20_cifar")!;
        var random = new RandomParameters(3);
        using var weights = new StateDict("resnet20.th", WeightFormat.PyTorch, new Dictionary<string, string>(), entry.Describe().Parameters.Where(p => p.Role != ParameterRole.Constant)
            .Select(p => (prefix + p.Name.Replace("fc.", "linear."), random.Get(p, CancellationToken.None))));
        using Graph graph = entry.Build(weights);
        Assert.True(graph.Parameters["fc.weight"].Equals(weights[prefix + "linear.weight"]));
        Assert.True(graph.Parameters["layer3.2.conv2.weight"].Equals(weights[prefix + "layer3.2.conv2.weight"]));
    }

    [Fact]
    public void TheirShortcutTakesEverySecondPositionAndPadsChannelsOnBothSides()
    {
        // He et al. 2016, §4.2, option A; what the branch gives is switched off by its last normalisation.
        CatalogEntry entry = NetworkCatalog.Find("resnet20_cifar")!;
        using Graph graph = entry.BuildRandom(4);
        foreach (var (name, value) in graph.Parameters)
            if (name.EndsWith("bn2.weight", StringComparison.Ordinal)) value.zero_();
        using var scope = NewDisposeScope();
        Tensor[] at = new CnnVis.Engine.Graphs.Walks.ForwardWalk(graph, ["layer1.2.relu_1", "layer2.0.relu_1"]).Run(rand([2, 3, 32, 32], generator: new Generator(1)));
        Tensor expected = nn.functional.pad(at[0][TensorIndex.Ellipsis, TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)], [0, 0, 0, 0, 8, 8]); // [N, 32, 16, 16]
        Assert.True(expected.Equals(at[1]));
    }

    [Theory, InlineData("resnet18", "conv1.weight", 1), InlineData("vgg11_bn", "features.0.weight", 4), InlineData("densenet121", "features.conv0.weight", 13)]
    public void AFileDecidesTheNumberOfChannels(string name, string key, int channels)
    {
        CatalogEntry entry = NetworkCatalog.Find(name)!;
        var random = new RandomParameters(3);
        using var weights = new StateDict("weights.pth", WeightFormat.PyTorch, new Dictionary<string, string>(), entry.Describe(64, channels).Parameters.Where(p => p.Role != ParameterRole.Constant).Select(p => ("net." + p.Name, random.Get(p, CancellationToken.None))));
        using Graph graph = entry.Build(weights, 64);
        Assert.Equal(channels, graph.InputShape[1]);
        Assert.Equal(channels, graph.Parameters[key].shape[1]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData((1 << 22) + 5)]
    [InlineData((1 << 22) + 16)]
    [InlineData(3 * (1 << 22) + 21)]
    public void RandomWeightsDrawnInPartsAreThoseDrawnAtOnce(int count)
    {
        using var scope = NewDisposeScope();
        var source = new RandomParameters(7);
        using var random = new Generator(7);
        for (int time = 0; time < 2; time++) // and the numbers behind them
        {
            Tensor drawn = source.Get(new ParameterSpecification("w", [count], ParameterRole.Weight), CancellationToken.None);
            Assert.True(drawn.equal(randn([count], generator: random).mul_(Math.Sqrt(2.0 * count / count))).all().item<bool>());
        }
    }

    private static StateDict Saved(string name, params (string, Tensor)[] more)
    {
        var random = new RandomParameters(3);
        return new StateDict("weights.pth", WeightFormat.Safetensors, new Dictionary<string, string>(),
            [.. NetworkCatalog.Find(name)!.Describe().Parameters.Where(p => p.Role != ParameterRole.Constant).Select(p => (p.Name, random.Get(p, CancellationToken.None))), .. more]);
    }
}
