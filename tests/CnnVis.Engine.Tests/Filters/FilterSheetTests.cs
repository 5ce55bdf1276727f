namespace CnnVis.Engine.Tests.Filters;

public sealed class FilterSheetTests
{
    private static CnnFilter Filter(int channel, int planes, int side, bool rgb, params float[] weights) => new()
    {
        Model = "net",
        Layer = "conv1",
        Channel = channel,
        Planes = planes,
        Height = side,
        Width = side,
        IsRgb = rgb,
        Weights = weights,
        Norm = Math.Sqrt(weights.Sum(w => w * w)),
        Smoothness = 1,
        HighFrequencyShare = 0,
        NearestChannel = -1,
        NearestSimilarity = double.NaN,
    };

    private static CnnFilterBank Bank(params CnnFilter[] filters) => new() { Model = "net", Layer = "conv1", Filters = filters, NoiseLevel = 0, Noise = FilterNoise.Smooth };

    [Fact]
    public void ZeroIsMidGreyAndTheLargestWeightAFullColour()
    {
        Sheet sheet = Bank(Filter(0, 3, 1, true, 2, 0, -2), Filter(1, 3, 1, true, 1, 0, 0)).Draw(DrawOptions.Default with { Scale = ScaleSharing.Shared });
        Assert.Equal(new Rgb(255, 128, 0), sheet.Cells[0].Image[0, 0]);
        Assert.Equal(new Rgb(191, 128, 128), sheet.Cells[1].Image[0, 0]);
        Assert.Equal((-2d, 2d), (sheet.ColorBar!.Low, sheet.ColorBar.High));
    }

    [Fact]
    public void LeftAloneEachFilterHasItsOwnScale()
    {
        Sheet sheet = Bank(Filter(0, 3, 1, true, 2, 0, 0), Filter(1, 3, 1, true, 1, 0, 0)).Draw(DrawOptions.Default);
        Assert.Equal(sheet.Cells[0].Image[0, 0], sheet.Cells[1].Image[0, 0]);
        Assert.Contains("filter's largest", sheet.ColorBar!.Label, StringComparison.Ordinal);
    }

    [Fact]
    public void FiltersThatLookAtMapsTakeARowEach()
    {
        Sheet sheet = Bank(Filter(0, 2, 2, false, 1, 0, 0, 0, 0, 0, 0, -1), Filter(7, 2, 2, false, 1, 1, 1, 1, 0, 0, 0, 0)).Draw(DrawOptions.Default with { Numbers = true });
        Assert.Equal(2, sheet.Columns);
        Assert.Equal(["0·0", "0·1", "7·0", "7·1"], sheet.Cells.Select(c => c.Caption));
        Rgb positive = sheet.Cells[0].Image[0, 0], negative = sheet.Cells[1].Image[1, 1];
        Assert.True(positive.R > positive.B && negative.B > negative.R);
    }

    [Fact]
    public void FiltersThatLookAtManyMapsAreMosaics()
    {
        float[] weights = new float[100 * 4];
        weights[99 * 4] = 1; // the last map's upper left weight
        PixelImage mosaic = Bank(Filter(0, 100, 2, false, weights)).Draw(DrawOptions.Default).Cells[0].Image;
        Assert.Equal((29, 29), (mosaic.Width, mosaic.Height)); // 10 × 10 tiles of 2, lines between
        Rgb hit = mosaic[27, 27];
        Assert.True(hit.R > hit.B + 50, hit.ToString());
        Assert.Equal(mosaic[0, 0], mosaic[28, 28]);
        Assert.NotEqual(mosaic[0, 0], mosaic[2, 0]); // a line
    }

    [Fact]
    public void UnitsThatLookAtUnitsAreSquares()
    {
        PixelImage square = Bank(Filter(0, 5, 1, false, 1, 0, 0, 0, -1)).Draw(DrawOptions.Default).Cells[0].Image;
        Assert.Equal((3, 2), (square.Width, square.Height));
        Assert.Equal(square[1, 0], square[2, 1]); // what is left over has zero's colour
    }

    [Fact]
    public void StrongestFirstAndOnlySoMany()
    {
        Sheet sheet = Bank(Filter(0, 3, 1, true, 1, 0, 0), Filter(1, 3, 1, true, 9, 0, 0), Filter(2, 3, 1, true, 4, 0, 0))
            .Draw(DrawOptions.Default with { Order = CellOrder.Strength, Limit = 2, Numbers = true });
        Assert.Equal(["1", "2"], sheet.Cells.Select(c => c.Caption));
        Assert.Equal("net: 2 of 3 filters of 3 × 1 × 1", sheet.Subtitle);
    }

    [Fact]
    public void AFilterOfZerosIsGrey()
    {
        Assert.Equal(new Rgb(128, 128, 128), Filter(0, 3, 1, true, 0, 0, 0).Draw(DrawOptions.Default).Cells[0].Image[0, 0]);
    }
}
