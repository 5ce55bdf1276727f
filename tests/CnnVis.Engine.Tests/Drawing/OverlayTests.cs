namespace CnnVis.Engine.Tests.Drawing;

public class OverlayTests
{
    private static readonly PixelImage _photo = new(4, 2, [.. Enumerable.Range(0, 24).Select(i => (byte)(i * 10))]);

    [Fact]
    public void NoOpacityIsThePhoto() =>
        Assert.True(_photo.Pixels.SequenceEqual(Overlay.Blend(_photo, [1, 2], UnitGrid.Stretched(1, 2, _photo.Width, _photo.Height), ColorMap.Ember, 0, 2, 0).Pixels));

    [Fact]
    public void FullOpacityIsTheMapInterpolatedBetweenTheCentresOfItsCells()
    {
        PixelImage picture = Overlay.Blend(_photo, [0, 1], UnitGrid.Stretched(1, 2, _photo.Width, _photo.Height), ColorMap.Gray, 0, 1, 1);
        Assert.Equal([0, 64, 191, 255], Enumerable.Range(0, 4).Select(x => picture[x, 1].R));
    }

    [Fact]
    public void HalfOpacityIsTheMean()
    {
        PixelImage picture = Overlay.Blend(_photo, [1], UnitGrid.Stretched(1, 1, _photo.Width, _photo.Height), ColorMap.Gray, 0, 1, 0.5);
        Assert.All(Enumerable.Range(0, 24), i => Assert.Equal(Math.Floor((i * 10 + 255) / 2.0 + 0.5), picture.Pixels[i]));
    }

    [Fact]
    public void WrongArgumentsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Overlay.Blend(_photo, [1, 2, 3], UnitGrid.Stretched(1, 2, _photo.Width, _photo.Height), ColorMap.Gray, 0, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Overlay.Blend(_photo, [1], UnitGrid.Stretched(1, 1, _photo.Width, _photo.Height), ColorMap.Gray, 0, 1, 1.5));
    }
}
