using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>What torchvision publishes of its networks, against what the architectures say before anything is allocated.</summary>
public sealed class CatalogTests
{
    [Theory]
    [InlineData("alexnet", 61_100_840)]
    [InlineData("vgg11", 132_863_336), InlineData("vgg11_bn", 132_868_840)]
    [InlineData("vgg13", 133_047_848), InlineData("vgg13_bn", 133_053_736)]
    [InlineData("vgg16", 138_357_544), InlineData("vgg16_bn", 138_365_992)]
    [InlineData("vgg19", 143_667_240), InlineData("vgg19_bn", 143_678_248)]
    [InlineData("resnet18", 11_689_512), InlineData("resnet34", 21_797_672), InlineData("resnet50", 25_557_032)]
    [InlineData("resnet101", 44_549_160), InlineData("resnet152", 60_192_808)]
    [InlineData("wide_resnet50_2", 68_883_240), InlineData("wide_resnet101_2", 126_886_696)]
    [InlineData("resnext50_32x4d", 25_028_904), InlineData("resnext101_32x8d", 88_791_336)]
    [InlineData("squeezenet1_0", 1_248_424), InlineData("squeezenet1_1", 1_235_496)]
    [InlineData("googlenet", 6_624_904), InlineData("inception_v3", 23_834_568)]
    [InlineData("densenet121", 7_978_856), InlineData("densenet161", 28_681_000), InlineData("densenet169", 14_149_480), InlineData("densenet201", 20_013_928)]
    [InlineData("mobilenet_v3_small", 2_542_856), InlineData("mobilenet_v3_large", 5_483_032)]
    [InlineData("efficientnet_b0", 5_288_548), InlineData("efficientnet_b1", 7_794_184), InlineData("efficientnet_b2", 9_109_994)]
    [InlineData("efficientnet_b3", 12_233_232), InlineData("efficientnet_b4", 19_341_616)]
    [InlineData("shufflenet_v2_x1_0", 2_278_604), InlineData("regnet_y_400mf", 4_344_144), InlineData("convnext_tiny", 28_589_128)]
    [InlineData("mobilenet_v2", 3_504_872), InlineData("mnasnet1_0", 4_383_312)]
    [InlineData("resnet20_cifar", 269_722), InlineData("resnet32_cifar", 464_154), InlineData("resnet44_cifar", 658_586), InlineData("resnet56_cifar", 853_018), InlineData("resnet110_cifar", 1_727_962)]
    public void ParametersAreAsManyAsPublished(string name, long count) => Assert.Equal(count, NetworkCatalog.Find(name)!.ParameterCount);

    [Theory]
    [InlineData("mobilenet_v2"), InlineData("shufflenet_v2_x1_0"), InlineData("convnext_tiny"), InlineData("efficientnet_b0"), InlineData("regnet_y_400mf")]
    public void TheListedNumberIsThatOfTheNetwork(string name)
    {
        CatalogEntry entry = NetworkCatalog.Find(name)!;
        Network network = Network.Create(name, "test", entry.BuildRandom(1, 64), new Dictionary<string, string>(), new ImportOptions());
        Assert.Equal(entry.ParameterCount, network.ParameterCount);
        network.Graph.Dispose();
    }

    [Theory]
    [InlineData("alexnet", "pool5", 195, 32), InlineData("alexnet", "conv1", 11, 4)]
    [InlineData("vgg16", "conv5_3", 196, 16), InlineData("vgg16", "pool5", 212, 32)]
    // 11 before the blocks; 8, 16, 32 and 64 more for each 3×3 at strides 4, 8, 16 and 32, where the first of a stage still counts at the stride before.
    [InlineData("resnet50", "relu5_3", 427, 32), InlineData("resnet101", "relu5_3", 971, 32), InlineData("resnet152", "relu5_3", 1451, 32)]
    public void ReceptiveFieldsFollowFromTheWindows(string name, string layer, int size, double stride)
    {
        CatalogEntry entry = NetworkCatalog.Find(name)!;
        Network network = Network.Create(name, "test", entry.Describe().Build(new HollowParameters()), new Dictionary<string, string>(), new ImportOptions());
        ReceptiveField field = network.Layer(layer).ReceptiveField!;
        Assert.Equal((size, stride), (field.Size, field.StrideX));
        Assert.Equal((field.Height, field.StrideY, field.OffsetY), (field.Width, field.StrideX, field.OffsetX));
        network.Graph.Dispose();
    }

    [Theory]
    [InlineData("efficientnet_b2", 288, 288), InlineData("efficientnet_b3", 300, 320), InlineData("efficientnet_b4", 380, 384), InlineData("efficientnet_b1", 240, 256)]
    [InlineData("inception_v3", 299, 342), InlineData("convnext_tiny", 224, 236), InlineData("resnet50", 224, 256)]
    public void PicturesArePreparedAsForThePublishedWeights(string name, int size, int resizeTo) =>
        Assert.Equal(new CnnInput(3, size, size, ResizeMode.Crop, resizeTo), NetworkCatalog.Find(name)!.Input);

    [Theory]
    [InlineData("alexnet", "alexnet-owt-7be5be79.pth", "7be5be79"), InlineData("mnasnet1_0", "mnasnet1.0_top1_73.512-f206786ef8.pth", "f206786ef8")]
    [InlineData("inception_v3", "inception_v3_google-0cc3c7bd.pth", "0cc3c7bd"), InlineData("shufflenet_v2_x1_0", "shufflenetv2_x1-5666bf0f80.pth", "5666bf0f80")]
    public void WeightsAreWhereTorchvisionHasThem(string name, string file, string hash)
    {
        CatalogEntry entry = NetworkCatalog.Find(name)!;
        Assert.Equal((file, hash, $"https://download.pytorch.org/models/{file}"), (entry.WeightFile, entry.WeightHash, entry.WeightUrl?.AbsoluteUri));
    }

    [Fact]
    public void EveryWeightFileNamesItsHash() => Assert.All(NetworkCatalog.Entries.Where(e => e.WeightFile is not null), entry => Assert.Matches("^([0-9a-f]{8}|[0-9a-f]{10})$", entry.WeightHash));

    [Fact]
    public void TheSameSeedGivesTheSameNetwork()
    {
        CatalogEntry entry = NetworkCatalog.Find("SqueezeNet1_1")!;
        using Graph first = entry.BuildRandom(5), again = entry.BuildRandom(5), other = entry.BuildRandom(6);
        Assert.All(first.Parameters, p => Assert.True(p.Value.equal(again.Parameters[p.Key]).all().item<bool>()));
        Assert.False(first.Parameters["features.0.weight"].equal(other.Parameters["features.0.weight"]).any().item<bool>());
    }

    [Theory]
    [InlineData("vgg11", 100), InlineData("alexnet", 227), InlineData("resnet18", 97), InlineData("alexnet", 70)]
    public void OtherSizesWork(string name, int size)
    {
        using Graph graph = CatalogNetworks.Make(name, size);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        Assert.Equal([2, 1000], new ForwardWalk(graph, [graph.Output]).Run(rand([2, 3, size, size], generator: new Generator(1)))[0].shape);
    }

    [Fact]
    public void PoolingToASizeIsPyTorchs()
    {
        foreach (int size in new[] { 1, 2, 3, 5, 6, 7, 9, 12, 14 })
        {
            Blueprint pooling = new NetworkBuilder(size).Dropout("maps").AdaptiveAveragePool("avgpool", 6).Finish();
            using Graph graph = pooling.Build(new HollowParameters());
            using var scope = NewDisposeScope();
            Tensor maps = rand([2, 3, size, size], generator: new Generator(2));
            Tensor ours = new ForwardWalk(graph, [graph.Output]).Run(maps)[0], theirs = nn.functional.adaptive_avg_pool2d(maps, 6);
            Assert.True((ours - theirs).abs().max().item<float>() < 1e-6f, $"{size}");
        }
    }

    [Fact]
    public void APictureTooSmallIsRefused() => Assert.Throws<CnnVisException>(() => NetworkCatalog.Find("inception_v3")!.Describe(32));
}
