using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Catalog;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

/// <summary>One network of each family of the catalog, random weights: patches as far as they go, and the plan that costs least, against full recomputation.</summary>
public sealed class CatalogOcclusionTests
{
    [Theory]
    [InlineData("alexnet", 96)]
    [InlineData("vgg11", 64)]
    [InlineData("resnet18", 64)]
    [InlineData("squeezenet1_1", 64)]
    [InlineData("densenet121", 64)]
    [InlineData("googlenet", 64)]
    [InlineData("mobilenet_v2", 64)]
    [InlineData("mobilenet_v3_small", 64)]
    [InlineData("mnasnet1_0", 64)]
    [InlineData("shufflenet_v2_x1_0", 64)]
    [InlineData("efficientnet_b0", 64)]
    [InlineData("regnet_y_400mf", 64)]
    [InlineData("convnext_tiny", 64)]
    public void EqualsFullRecomputation(string name, int size)
    {
        using Graph graph = NetworkCatalog.Find(name)!.Describe(size).Build(new RandomParameters(1));
        var grid = new OccluderGrid(new OccluderAxis(size, 17, 17), new OccluderAxis(size, 33, 31));
        foreach (int? steps in new int?[] { int.MaxValue, null }) IncrementalTests.Agree(graph, grid, 1, steps, batchSize: 3, layers: false);
    }
}
