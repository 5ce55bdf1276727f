using CnnVis.Engine.Models.Catalogue;

namespace CnnVis.Engine.Tests.Models.Catalogue;

/// <summary>What torchvision publishes of its networks, against what the architectures say before anything is allocated.</summary>
public sealed class CatalogueTests
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
    public void ParametersAreAsManyAsPublished(string name, long count) => Assert.Equal(count, NetworkCatalogue.Find(name)!.ParameterCount);
}
