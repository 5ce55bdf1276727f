using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

public class MapPlacementTests
{
    [Theory]
    [InlineData(7, 7, 64, 64)]
    [InlineData(3, 5, 31, 20)]
    [InlineData(1, 2, 9, 4)]
    public void StretchedIsBilinearBetweenHalfPixels(int rows, int columns, int width, int height)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        Tensor map = rand([2, 3, rows, columns]);
        Tensor expected = nn.functional.interpolate(map, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
        UnitGrid grid = UnitGrid.Stretched(rows, columns, width, height);
        Tensor wide = Upsampled.To(map, grid, new CnnInput(3, height, width, ResizeMode.Stretch, 0));
        Assert.True((wide - expected).abs().max().item<float>() < 1e-5);
        float[] drawn = Overlay.Magnify(map[0, 0].ToFloats(), grid, width, height);
        Assert.Equal(expected[0, 0].ToFloats(), drawn, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    /// <summary>A window of 3 at every other pixel, with one of padding: unit i is about pixel 2·i, whose middle is 2·i + ½.</summary>
    [Theory]
    [InlineData(MapPlacement.ReceptiveField, 0.5, 2)]
    [InlineData(MapPlacement.Centered, 1, 2)]
    [InlineData(MapPlacement.Stretched, 1, 2)]
    public void PaddedAndStrided(MapPlacement placement, double first, double stride) => Has(Placed(16, stride: 2, padding: 1, placement), first, stride);

    /// <summary>A window of 5 at every third of 17 pixels: centres 2½, 5½ … 14½.</summary>
    [Theory]
    [InlineData(MapPlacement.ReceptiveField, 2.5, 3)]
    [InlineData(MapPlacement.Centered, 2.5, 3)]
    [InlineData(MapPlacement.Stretched, 1.7, 3.4)]
    public void Unpadded(MapPlacement placement, double first, double stride) => Has(Placed(17, stride: 3, padding: 0, placement, kernel: 5), first, stride);

    private static void Has(UnitGrid grid, double first, double stride)
    {
        Assert.Equal([first, first, stride, stride], [grid.FirstX, grid.FirstY, grid.StrideX, grid.StrideY], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private static UnitGrid Placed(int side, int stride, int padding, MapPlacement placement, int kernel = 3)
    {
        Graph graph = new TestNetworks.Chain(1, 1, 3, side, side).Conv("c", 3, 4, kernel, stride, padding).Relu("r").Build();
        return MapPlaces.Of(SaliencyNetworks.As(graph), "r", placement);
    }
}
