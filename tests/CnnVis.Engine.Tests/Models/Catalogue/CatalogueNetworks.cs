using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Catalogue;

namespace CnnVis.Engine.Tests.Models.Catalogue;

/// <summary>Every network of the catalogue at a size that a test can afford, with parameters that all count.</summary>
internal static class CatalogueNetworks
{
    /// <summary>All names.</summary>
    public static TheoryData<string> Names => [.. NetworkCatalogue.Names];

    /// <summary>Skips the test for a large network, of which a smaller sister is tested, unless CNNVIS_TEST_ALL is set.</summary>
    public static void SkipIfLarge(string name) => Skip.If(
        NetworkCatalogue.Find(name)!.ParameterCount > 40_000_000 && name is not ("alexnet" or "vgg11_bn") && Environment.GetEnvironmentVariable("CNNVIS_TEST_ALL") is not { Length: > 0 },
        $"{name} takes long; CNNVIS_TEST_ALL=1 tests it.");

    /// <summary>The network on small pictures; what follows the maps has its full size.</summary>
    public static Graph Make(string name, int? size = null)
    {
        using var parameters = new VariedParameters(11);
        return NetworkCatalogue.Find(name)!.Describe(size ?? Size(name)).Build(parameters);
    }

    private static int Size(string name) => name == "inception_v3" ? 96 : 64;
}
