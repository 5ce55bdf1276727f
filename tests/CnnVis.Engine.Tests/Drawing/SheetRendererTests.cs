using CnnVis.Engine.Drawing;

namespace CnnVis.Engine.Tests.Drawing;

public class SheetRendererTests
{
    private static readonly PixelImage _chess = new(2, 2, [0, 0, 0, 255, 255, 255, 255, 255, 255, 10, 20, 30]);

    /// <summary>Nine planes of a plane wave, with everything that a sheet can have.</summary>
    private static Sheet Waves => new()
    {
        Title = "Nine waves",
        Subtitle = "9 planes of 5×5",
        Cells = [.. Enumerable.Range(0, 9).Select(k => new SheetCell(ColorMap.Polar.Paint([.. Enumerable.Range(0, 25).Select(i => MathF.Cos((i % 5 * (k % 3) + i / 5 * (k / 3)) * 0.9f))], 5, 5, -1, 1), $"{k}", k == 4 ? [new PixelBox(1, 1, 3, 3)] : null))],
        Scale = 12,
        ColorBar = new ColorBar(ColorMap.Polar, -1, 1, "cosine"),
        Notes = ["A box marks the middle of plane 4."],
    };

    [Fact]
    public void OnePictureIsItself()
    {
        Assert.True(_chess.Pixels.SequenceEqual(SheetRenderer.Render(_chess, DrawOptions.Default).Pixels));
        PixelImage magnified = SheetRenderer.Render(new Sheet { Cells = [new SheetCell(_chess)], Scale = 5 });
        Assert.Equal("10x10", $"{magnified}");
        Assert.True(_chess.Magnify(5).Pixels.SequenceEqual(magnified.Pixels));
    }

    [Fact]
    public void CellsAreCrispBlocks()
    {
        var sheet = new Sheet { Title = "two", Cells = [new SheetCell(_chess), new SheetCell(_chess)], Scale = 7 };
        PixelImage picture = SheetRenderer.Render(sheet);
        PixelBox box = SheetLayout.Of(sheet, (text, style) => 20).Cells[1].Box;
        Assert.All(Enumerable.Range(0, 14 * 14), i => Assert.Equal(_chess[i % 14 / 7, i / 14 / 7], picture[box.X + i % 14, box.Y + i / 14]));
    }

    [Fact]
    public void CaptionsAreDrawnWithTheEmbeddedFont()
    {
        PixelImage white = new(60, 60, [.. Enumerable.Repeat((byte)255, 60 * 60 * 3)]);
        PixelImage wide = SheetRenderer.Render(new Sheet { Cells = [new SheetCell(white, "mmmm")], Scale = 1 });
        PixelImage narrow = SheetRenderer.Render(new Sheet { Cells = [new SheetCell(white, "iiii")], Scale = 1 });
        Assert.InRange(Ink(wide), 60, 400);
        Assert.InRange(Ink(narrow), 10, Ink(wide) / 2); // a font with proportions, and letters rather than boxes

        static int Ink(PixelImage picture) => Enumerable.Range(0, picture.Width * picture.Height).Count(i => picture[i % picture.Width, i / picture.Width].G < 190);
    }

    [Fact]
    public void BoxesStayOnTheirCellAndLeaveTheirInsideAlone()
    {
        PixelImage gray = new(100, 100, [.. Enumerable.Repeat((byte)100, 30000)]);
        PixelImage picture = SheetRenderer.Render(new Sheet { Cells = [new SheetCell(gray, "", [new PixelBox(20, 30, 40, 20), new PixelBox(90, 90, 50, 50), new PixelBox(300, 0, 5, 5)])], Scale = 1 });
        Assert.Equal([Rgb.Black, Rgb.White, new Rgb(100, 100, 100)], [picture[16, 40], picture[18, 40], picture[20, 40]]);
        Assert.Equal(Rgb.Black, picture[99, 95]);
    }

    [Fact]
    public void PicturesPastTheLimitAreRefused() =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => SheetRenderer.Render(new Sheet { Cells = [new SheetCell(_chess)], Scale = SheetRenderer.MaximumSide })).ErrorId);

    [Fact]
    public void WhatIsTooWideIsMadeSmaller()
    {
        byte[] stripes = [.. Enumerable.Range(0, 800 * 12 * 3).Select(i => (byte)(i / 3 % 800 < 400 ? 40 : 200))];
        PixelImage picture = SheetRenderer.Render(new Sheet { Cells = [new SheetCell(new PixelImage(800, 12, stripes))], Scale = 1 }, DrawOptions.Default with { MaximumWidth = 200 });
        Assert.Equal("200x3", $"{picture}");
        Assert.Equal([40, 40, 200, 200], new[] { 0, 99, 100, 199 }.Select(x => (int)picture[x, 1].R));
    }

    [Fact]
    public void ADarkPageHasLightText()
    {
        PixelImage page = SheetRenderer.Render(Waves, DrawOptions.Default with { Background = PageBackground.Dark });
        PageColors dark = PageColors.Of(PageBackground.Dark);
        Assert.Equal(dark.Paper, page[0, 0]);
        Assert.Contains(dark.Title, Enumerable.Range(0, page.Width).Select(x => page[x, 28]));
        Assert.Equal(SheetRenderer.Render(Waves).ToString(), page.ToString());
    }

    /// <summary>WCAG 2.2: 4.5 for text, 3 for what is drawn; and its own examples of contrast.</summary>
    [Fact]
    public void EverythingIsSeenOnBothPages()
    {
        Assert.Equal(21, PageColors.Contrast(Rgb.Black, Rgb.White), 6);
        Assert.Equal(4.54, PageColors.Contrast(new Rgb(0x76, 0x76, 0x76), Rgb.White), 2);
        foreach (PageBackground background in Enum.GetValues<PageBackground>())
        {
            PageColors page = PageColors.Of(background);
            Assert.All([page.Title, page.Subtitle, page.Caption, page.Note], ink => Assert.True(PageColors.Contrast(ink, page.Paper) >= 4.5));
            Assert.All([page.Axis, page.Rule], line => Assert.True(PageColors.Contrast(line, page.Paper) >= 3));
        }
        PageColors dark = PageColors.Of(PageBackground.Dark);
        Assert.All(Chart.Colors, c => Assert.True(PageColors.Contrast(dark.Shown(c), dark.Paper) >= 3, $"{c} is {dark.Shown(c)}"));
        Assert.Equal((dark.Title, dark.Paper), (dark.Shown(Rgb.Black), dark.Shown(Rgb.White)));
    }

    [Fact]
    public void LooksAsItDid() => GoldenPicture.Same("waves", SheetRenderer.Render(Waves));
}
