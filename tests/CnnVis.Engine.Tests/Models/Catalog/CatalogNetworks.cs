using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Catalog;

namespace CnnVis.Engine.Tests.Models.Catalog;

/// <summary>Every network of the catalog at a size that a test can afford, with parameters that all count.</summary>
internal static class CatalogNetworks
{
    /// <summary>All names.</summary>
    public static TheoryData<string> Names => [.. NetworkCatalog.Names];

    private static readonly string[] _firsts =
        ["alexnet", "vgg11_bn", "resnet18", "resnet50", "resnext50_32x4d", "resnet20_cifar", "squeezenet1_0", "squeezenet1_1", "googlenet", "inception_v3", "densenet121", "mobilenet_v2",
         "mobilenet_v3_small", "mobilenet_v3_large", "mnasnet1_0", "shufflenet_v2_x1_0", "efficientnet_b0", "regnet_y_400mf", "convnext_tiny"];

    /// <summary>Skips the test for a network that only repeats what a sister of its family is made of, unless CNNVIS_TEST_ALL is set.</summary>
    public static void SkipSister(string name) => Skip.If(!_firsts.Contains(name) && Environment.GetEnvironmentVariable("CNNVIS_TEST_ALL") is not { Length: > 0 },
        $"A sister of {name} is tested; CNNVIS_TEST_ALL=1 tests all.");

    /// <summary>The network on small pictures; what follows the maps has its full size.</summary>
    public static Graph Make(string name, int? size = null)
    {
        using var parameters = new VariedParameters(11);
        return NetworkCatalog.Find(name)!.Describe(size ?? Size(name)).Build(parameters);
    }

    private static int Size(string name) => name == "inception_v3" ? 96 : 64;
}
