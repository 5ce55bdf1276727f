namespace CnnVis.Engine.Tests.Drawing;

public class StretchedPictureTests
{
    [Fact]
    public void DistancesFromTheMeanFillTheRange()
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 0.35f : 0.45f)];
        Assert.Equal(10, StretchedPicture.Times(values, 1), 1e-3); // 0.05 away becomes 0.5
        PixelImage picture = StretchedPicture.Of(values, 1, 10, 100, 4);
        Assert.Equal((byte)Math.Round(255 * (0.4 - 4 * 0.05)), picture[0, 0].R);
        Assert.Equal((byte)Math.Round(255 * (0.4 + 4 * 0.05)), picture[1, 0].B);
    }

    [Fact]
    public void PlanesKeepTheirMeans()
    {
        float[] values = [.. Enumerable.Repeat(0.2f, 100), .. Enumerable.Repeat(0.5f, 100), .. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.75f : 0.85f)];
        PixelImage picture = StretchedPicture.Of(values, 3, 10, 10, 2);
        Assert.Equal(new Rgb(51, 128, (byte)Math.Round(255 * 0.7)), picture[0, 0]);
    }

    [Fact]
    public void NothingIsMadePaler()
    {
        Assert.Equal(1, StretchedPicture.Times([0, 1, 0, 1], 1));
        Assert.Equal(1, StretchedPicture.Times([0.5f, 0.5f, 0.5f, 0.5f], 1));
    }
}
