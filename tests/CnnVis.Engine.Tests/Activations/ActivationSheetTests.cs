namespace CnnVis.Engine.Tests.Activations;

public sealed class ActivationSheetTests
{
    private static readonly Rgb _black = Rgb.Black;

    private static CnnActivation Maps(int height, int width, params float[] values) => new()
    {
        Path = "folder/cat.png",
        Model = "net",
        Layer = "relu1",
        Channels = [.. Enumerable.Range(10, values.Length / (height * width))],
        Height = height,
        Width = width,
        Values = values,
    };

    [Fact]
    public void DarkWhereZeroAndOneScaleForAll()
    {
        Sheet sheet = Maps(1, 2, 0, 4, 1, 2).Draw(DrawOptions.Default with { Scale = ScaleSharing.Shared });
        Assert.Equal(_black, sheet.Cells[0].Image[0, 0]);
        Assert.Equal(Rgb.White, sheet.Cells[0].Image[1, 0]);
        Assert.Equal(new Rgb(128, 128, 128), sheet.Cells[1].Image[1, 0]);
        Assert.Equal((0d, 4d), (sheet.ColorBar!.Low, sheet.ColorBar.High));
        Assert.Equal("relu1 of cat.png", sheet.Title);
        Assert.All(sheet.Cells, c => Assert.Equal("", c.Caption));
    }

    [Fact]
    public void AScaleForEachBoxSaysSo()
    {
        Sheet sheet = Maps(1, 2, 0, 4, 1, 2).Draw(DrawOptions.Default with { Scale = ScaleSharing.PerCell });
        Assert.Equal(Rgb.White, sheet.Cells[1].Image[1, 0]);
        Assert.Equal(1, sheet.ColorBar!.High);
        Assert.Contains("box's largest", sheet.ColorBar.Label, StringComparison.Ordinal);
    }

    [Fact]
    public void SignsGetAMapThatIsDarkAtZero()
    {
        Sheet sheet = Maps(1, 3, -2, 0, 1).Draw(DrawOptions.Default with { Scale = ScaleSharing.Shared });
        Assert.True(sheet.ColorBar!.Map.IsDiverging);
        Assert.Equal((-2d, 2d), (sheet.ColorBar.Low, sheet.ColorBar.High));
        Rgb zero = sheet.Cells[0].Image[1, 0];
        Assert.True(zero.R < 40 && zero.G < 40 && zero.B < 40, zero.ToString());
    }

    [Fact]
    public void StrongestFirstByMagnitudeAndEqualOnesByNumber()
    {
        Sheet sheet = Maps(1, 1, 1, -5, 2, 2).Draw(DrawOptions.Default with { Order = CellOrder.Strength, Numbers = true, Limit = 3 });
        Assert.Equal(["11", "12", "13"], sheet.Cells.Select(c => c.Caption));
    }

    [Fact]
    public void TheScaleIsThatOfWhatIsDrawn()
    {
        Sheet sheet = Maps(1, 1, 2, -5, 9).Draw(DrawOptions.Default with { Limit = 1 });
        Assert.Equal((0d, 2d), (sheet.ColorBar!.Low, sheet.ColorBar.High));
        Assert.Equal("net: 1 of 3 units", sheet.Subtitle);
    }

    [Fact]
    public void UnitsAreCounted() => Assert.Equal("net: 3 units", Maps(1, 1, 1, 2, 3).Draw(DrawOptions.Default).Subtitle);

    [Fact]
    public void SilentMapsAreBlackUnderAnyScale()
    {
        foreach (ScaleSharing scale in Enum.GetValues<ScaleSharing>())
            Assert.Equal(_black, Maps(1, 2, 0, 0).Draw(DrawOptions.Default with { Scale = scale }).Cells[0].Image[0, 0]);
    }

    [Fact]
    public void TheMaximumSkipsWhatIsNoNumber()
    {
        Assert.Equal(3, Maps(1, 3, float.NaN, 3, -1).Maximum);
        Assert.True(float.IsNaN(Maps(1, 1).Maximum));
    }
}
