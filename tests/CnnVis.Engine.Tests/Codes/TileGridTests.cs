using CnnVis.Engine.Codes;

namespace CnnVis.Engine.Tests.Codes;

public sealed class TileGridTests
{
    [Fact]
    public void TilesThatFitLieRowByRow() => Assert.Equal(
        [new PixelBox(0, 0, 4, 3), new PixelBox(5, 0, 4, 3), new PixelBox(0, 2, 4, 3), new PixelBox(5, 2, 4, 3)],
        new TileGrid(4, 3, 5, 2).Boxes(10, 6));

    [Fact]
    public void OfASmallerPhotoThereIsOne() => Assert.Equal([new PixelBox(0, 0, 7, 5)], new TileGrid(100, 100, 3, 3).Boxes(7, 5));

    [Fact]
    public void AlongAShorterSideTheTileIsAsLongAsTheSide() => Assert.Equal(3, new TileGrid(10, 100, 10, 100).Boxes(30, 5).Count());
}
