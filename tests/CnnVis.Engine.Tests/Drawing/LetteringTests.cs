using CnnVis.Engine.Drawing;
using CnnVis.Engine.Drawing.Fonts;

namespace CnnVis.Engine.Tests.Drawing;

public class LetteringTests
{
    [Fact]
    public void ALineIsAsWideAsItsLetters()
    {
        using var lettering = new Lettering();
        double Width(string text) => lettering.Width(text, TextStyle.Caption);
        Assert.True(Width("金魚 goldfish") >= Width(" goldfish"));
        Assert.Equal(Width("金魚") + Width("goldfish"), Width("金魚goldfish"), 0.5);
    }

    [SkippableFact]
    public void ChineseIsTheMachinesWhereItHasIt()
    {
        Skip.If(SystemFonts.With('金') is null, "This machine has no Chinese font.");
        PixelImage Drawn(string title) => SheetRenderer.Render(new Sheet { Title = title, Cells = [new SheetCell(new PixelImage(1, 1, [0, 0, 0]))], Scale = 1 });
        Assert.False(Drawn("金").Pixels.SequenceEqual(Drawn("魚").Pixels)); // and no two boxes of a missing letter
    }
}
