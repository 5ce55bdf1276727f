using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Patches;
using CnnVis.Engine.Models.Catalog;

namespace CnnVis.Engine.Tests.Attribution.Occlusion;

/// <summary>
/// One network of each family of the catalog, random weights: patches as far as they go, and the plan that costs least, against full recomputation. Windows and strides are drawn from 8 to 96
/// pixels, rows and columns each by themselves; pictures are not square where the network ends in a mean of its maps.
/// </summary>
public sealed class CatalogOcclusionTests
{
    /// <summary>Positions at full size, each of which costs a whole pass to compare with.</summary>
    private const int MostFullPasses = 24;

    [Theory]
    [InlineData("alexnet", 96, 96)]
    [InlineData("vgg11", 64, 64)]
    [InlineData("resnet18", 64, 96)]
    [InlineData("squeezenet1_1", 96, 64)]
    [InlineData("densenet121", 64, 80)]
    [InlineData("googlenet", 64, 96)]
    [InlineData("mobilenet_v2", 64, 96)]
    [InlineData("mobilenet_v3_small", 96, 64)]
    [InlineData("mnasnet1_0", 64, 96)]
    [InlineData("shufflenet_v2_x1_0", 64, 96)]
    [InlineData("efficientnet_b0", 64, 96)]
    [InlineData("regnet_y_400mf", 96, 64)]
    [InlineData("convnext_tiny", 64, 96)]
    public void EqualsFullRecomputation(string name, int height, int width)
    {
        using Graph graph = Make(name, height, width);
        var random = new Random(height * width + name.Length);
        IncrementalTests.Agree(graph, Grid(random, height, width), 1, int.MaxValue, batchSize: 3, groupSize: 1 << random.Next(10, 20), layers: false);
        IncrementalTests.Agree(graph, Grid(random, height, width), 2, steps: null, batchSize: 16, PatchPlan.UsualGroupSize, layers: false);
    }

    /// <summary>The two branches that a residual network adds have other numbers of channels, so that memory bears other numbers of their patches at a time.</summary>
    [Fact]
    public void BranchesMayBeCutIntoOtherPieces()
    {
        using Graph graph = Make("resnet18", 224, 224);
        IncrementalTests.Agree(graph, new OccluderGrid(new OccluderAxis(224, 64, 32), new OccluderAxis(224, 64, 32)), 1, steps: null, batchSize: 16, PatchPlan.UsualGroupSize, layers: false);
    }

    [SkippableTheory]
    [InlineData("alexnet", 224, 224)]
    [InlineData("vgg16_bn", 224, 224)]
    [InlineData("resnet18", 224, 288)]
    [InlineData("resnet34", 224, 160)]
    [InlineData("resnet50", 224, 224)]
    [InlineData("resnext50_32x4d", 160, 224)]
    [InlineData("squeezenet1_0", 224, 160)]
    [InlineData("densenet121", 160, 224)]
    [InlineData("googlenet", 224, 160)]
    [InlineData("inception_v3", 299, 299)]
    [InlineData("mobilenet_v2", 224, 160)]
    [InlineData("mobilenet_v3_large", 224, 288)]
    [InlineData("mnasnet1_0", 160, 224)]
    [InlineData("shufflenet_v2_x1_0", 224, 288)]
    [InlineData("efficientnet_b0", 224, 160)]
    [InlineData("regnet_y_400mf", 160, 224)]
    [InlineData("convnext_tiny", 224, 160)]
    public void EqualsFullRecomputationAtFullSize(string name, int height, int width)
    {
        Skip.If(Environment.GetEnvironmentVariable("CNNVIS_TEST_ALL") is not { Length: > 0 }, "It takes minutes; CNNVIS_TEST_ALL=1 tests all.");
        using Graph graph = Make(name, height, width);
        var random = new Random(height * width + name.Length);
        for (int round = 0; round < 2; round++)
            IncrementalTests.Agree(graph, Grid(random, height, width, MostFullPasses), round, round == 0 ? int.MaxValue : null, batchSize: 16, round == 0 ? 1 << random.Next(12, 22) : PatchPlan.UsualGroupSize, layers: false);
    }

    private static Graph Make(string name, int height, int width)
    {
        Graph square = NetworkCatalog.Find(name)!.Describe(height).Build(new RandomParameters(1));
        return new Graph(square.Input, [1, 3, height, width], square.Nodes, square.Parameters, square.Output);
    }

    /// <summary>A grid drawn anew until it has no more positions than that.</summary>
    private static OccluderGrid Grid(Random random, int height, int width, int most = int.MaxValue)
    {
        for (int draw = 0; draw < 10_000; draw++)
        {
            var grid = new OccluderGrid(Axis(height), Axis(width));
            if (grid.Count <= most) return grid;
        }
        throw new InvalidOperationException($"{height} x {width} pixels take more than {most} of the largest windows.");

        OccluderAxis Axis(int extent)
        {
            int window = random.Next(8, Math.Min(96, extent) + 1);
            return new OccluderAxis(extent, window, random.Next(8, window + 1));
        }
    }
}
