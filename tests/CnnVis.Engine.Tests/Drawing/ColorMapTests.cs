namespace CnnVis.Engine.Tests.Drawing;

public class ColorMapTests
{
    /// <summary>The maps of others, whose colours are given and not ours to space.</summary>
    private static readonly ColorMap[] _published = [ColorMap.Viridis, ColorMap.Inferno, ColorMap.Coolwarm];

    public static TheoryData<string> Sequential => [.. ColorMap.All.Except(_published).Where(m => !m.IsDiverging).Select(m => m.Name)];

    public static TheoryData<string> Diverging => [.. ColorMap.All.Where(m => m.IsDiverging).Select(m => m.Name)];

    public static TheoryData<string> Computed => [.. ColorMap.All.Except(_published).Where(m => m != ColorMap.Gray).Select(m => m.Name)];

    public static TheoryData<string> Every => [.. ColorMap.All.Select(m => m.Name)];

    [Theory, MemberData(nameof(Sequential))]
    public void LightnessRises(string name)
    {
        double[] lightness = [.. Enumerable.Range(0, 256).Select(i => Colorimetry.Lab(ColorMap.Get(name)[i / 255.0]).L)];
        Assert.All(lightness.Zip(lightness.Skip(1)), pair => Assert.True(pair.Second > pair.First, $"{pair}"));
    }

    /// <summary>matplotlib's tables, whose neighbours differ by less than the rounding to 8 bits, and Moreland's figures.</summary>
    [Theory]
    [InlineData("viridis", 0, 0x44, 0x01, 0x54)]
    [InlineData("viridis", 64, 59, 82, 139)]
    [InlineData("viridis", 128, 33, 145, 140)]
    [InlineData("viridis", 192, 94, 201, 98)]
    [InlineData("viridis", 255, 0xfd, 0xe7, 0x25)]
    [InlineData("inferno", 0, 0, 0, 4)]
    [InlineData("inferno", 64, 87, 16, 110)]
    [InlineData("inferno", 128, 188, 55, 84)]
    [InlineData("inferno", 192, 249, 142, 9)]
    [InlineData("inferno", 255, 252, 255, 164)]
    [InlineData("coolwarm", 0, 59, 76, 192)]
    [InlineData("coolwarm", 127.5, 221, 221, 221)]
    [InlineData("coolwarm", 255, 180, 4, 38)]
    public void PublishedMapsAreThosePublished(string name, double at, int red, int green, int blue)
    {
        Rgb color = ColorMap.Get(name)[at / 255];
        Assert.Equal(0, Math.Max(Math.Abs(color.R - red), Math.Max(Math.Abs(color.G - green), Math.Abs(color.B - blue))), 1.0);
    }

    [Theory]
    [InlineData("viridis", 256)]
    [InlineData("inferno", 256)]
    [InlineData("coolwarm", 129)] // up to the centre
    public void LightnessOfPublishedMapsRises(string name, int count)
    {
        double steps = name == "coolwarm" ? 256 : 255;
        double[] lightness = [.. Enumerable.Range(0, count).Select(i => Colorimetry.Lab(ColorMap.Get(name)[i / steps]).L)];
        Assert.All(lightness.Zip(lightness.Skip(2)), pair => Assert.True(pair.Second > pair.First, $"{pair}"));
    }

    [Theory, InlineData("Gray"), InlineData("Grey"), InlineData("gREY")]
    public void EitherSpellingOfGrey(string name) => Assert.Same(ColorMap.Gray, ColorMap.Get(name));

    /// <summary>Over fifteen or sixteen colours at a time, because 8 bits a channel round each single step.</summary>
    [Theory, MemberData(nameof(Computed))]
    public void EveryStepIsEquallyLarge(string name)
    {
        ColorMap map = ColorMap.Get(name);
        int parts = map.IsDiverging ? 16 : 17; // of 256 and 255 steps
        var colors = Enumerable.Range(0, parts + 1).Select(i => Colorimetry.Lab(map[i / (double)parts])).ToArray();
        double[] lightness = [.. colors.Zip(colors.Skip(1), (p, q) => Math.Abs(q.L - p.L))], steps = [.. colors.Zip(colors.Skip(1), Colorimetry.Cie94)];
        Assert.All(lightness, step => Assert.InRange(step / lightness.Average(), 0.94, 1.06));
        Assert.All(steps, step => Assert.InRange(step / steps.Average(), 0.9, 1.1));
    }

    [Theory, MemberData(nameof(Diverging))]
    public void DivergingMapsAreMirroredInLightnessAboutANeutralCentre(string name)
    {
        ColorMap map = ColorMap.Get(name);
        Assert.Equal(map[0.5].R, map[0.5].G);
        Assert.Equal(map[0.5].G, map[0.5].B);
        Assert.All(Enumerable.Range(0, 129), i => Assert.Equal(Colorimetry.Lab(map[0.5 - i / 256.0]).L, Colorimetry.Lab(map[0.5 + i / 256.0]).L, 0.6));
    }

    [Theory, MemberData(nameof(Every))]
    public void EightLevelsAreToldApartByTheColourBlind(string name)
    {
        ColorMap map = ColorMap.Get(name);
        foreach (double[] eye in new[] { Colorimetry.Protanopia, Colorimetry.Deuteranopia })
        {
            var levels = Enumerable.Range(0, 8).Select(i => Colorimetry.Lab(map[i / 7.0], eye)).ToArray();
            for (int i = 0; i < 8; i++)
                for (int j = 0; j < i; j++)
                    Assert.True(Colorimetry.Cie94(levels[i], levels[j]) > 5, $"{name}: levels {j} and {i} differ by {Colorimetry.Cie94(levels[i], levels[j]):0.0}.");
        }
    }

    [Theory, MemberData(nameof(Diverging))]
    public void EndsOfDivergingMapsDifferClearlyForTheColourBlind(string name)
    {
        ColorMap map = ColorMap.Get(name);
        Assert.True(Colorimetry.Cie94(Colorimetry.Lab(map[0], Colorimetry.Protanopia), Colorimetry.Lab(map[1], Colorimetry.Protanopia)) > 25);
        Assert.True(Colorimetry.Cie94(Colorimetry.Lab(map[0], Colorimetry.Deuteranopia), Colorimetry.Lab(map[1], Colorimetry.Deuteranopia)) > 25);
    }

    [Fact]
    public void PolarIsBlueWhiteRed()
    {
        (Rgb low, Rgb zero, Rgb high) = (ColorMap.Polar[0], ColorMap.Polar[0.5], ColorMap.Polar[1]);
        Assert.True(low.B > low.R + 50 && high.R > high.B + 50 && zero.R > 240 && zero.G > 240 && zero.B > 240);
    }

    [Theory, MemberData(nameof(Every))]
    public void GetTakesAnyCase(string name)
    {
        Assert.Same(ColorMap.Get(name), ColorMap.Get(name.ToUpperInvariant()));
        Assert.Equal(name, ColorMap.Get(name.ToLowerInvariant()).ToString());
    }

    [Fact]
    public void UnknownNamesAreAnsweredWithTheNearestAndAll()
    {
        CnnVisException error = Assert.Throws<CnnVisException>(() => ColorMap.Get("lagon"));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Equal("There is no colour map 'lagon'. Did you mean Lagoon? The maps are Gray, Ember, Lagoon, Viridis, Inferno, Polar, Aurora, Coolwarm.", error.Message);
        Assert.Contains("Did you mean", Assert.Throws<CnnVisException>(() => ColorMap.Get("")).Message);
    }

    [Fact]
    public void PaintClampsAndTakesNaNAsLow()
    {
        PixelImage picture = ColorMap.Gray.Paint([-5, 0, 0.5f, 1, 7, float.NaN, float.PositiveInfinity, float.NegativeInfinity], 4, 2, 0, 1);
        Assert.Equal([0, 0, 128, 255, 255, 0, 255, 0], Enumerable.Range(0, 8).Select(i => picture[i % 4, i / 4].G));
    }

    [Fact]
    public void PaintPutsTheEndsAndZeroOnTheirColours()
    {
        PixelImage picture = ColorMap.Polar.Paint([-0.3f, 0, 0.3f], 3, 1, -0.3f, 0.3f);
        Assert.Equal([ColorMap.Polar[0], ColorMap.Polar[0.5], ColorMap.Polar[1]], [picture[0, 0], picture[1, 0], picture[2, 0]]);
    }

    [Fact]
    public void PaintOfAnEmptyRangeIsTheColourOfZero()
    {
        Assert.Equal(ColorMap.Gray[0], ColorMap.Gray.Paint([0], 1, 1, 0, 0)[0, 0]);
        Assert.Equal(ColorMap.Polar[0.5], ColorMap.Polar.Paint([0], 1, 1, 0, 0)[0, 0]);
    }

    [Fact]
    public void PaintRefusesAWrongSize() => Assert.Throws<ArgumentException>(() => ColorMap.Gray.Paint([1, 2, 3], 2, 2, 0, 1));
}
