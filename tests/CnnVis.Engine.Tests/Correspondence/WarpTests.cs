using CnnVis.Engine.Correspondence.Warps;

namespace CnnVis.Engine.Tests.Correspondence;

public sealed class WarpTests
{
    [Theory]
    [InlineData("translate(8,-3.5)"), InlineData("rotate(-45)"), InlineData("rotate(90)"), InlineData("scale(0.7)"), InlineData("flip"), InlineData("affine(1,0.2,-0.1,1.3)"), InlineData("thinplate(0.02)"), InlineData("thinplate(0.08)")]
    public void ForwardAndInverseUndoEachOther(string text)
    {
        CnnWarp parsed = CnnWarp.Parse(text);
        Assert.Equal(parsed, CnnWarp.Parse(parsed.ToString()));
        for (int seed = 0; seed < 5; seed++)
        {
            IWarp warp = Warp.Of(parsed, 64, 48, new Random(seed));
            for (double y = 1; y < 48; y += 7.3)
                for (double x = 1; x < 64; x += 6.1)
                {
                    var (toX, toY) = warp.Forward(x, y);
                    var (backX, backY) = warp.Inverse(toX, toY);
                    Assert.Equal(x, backX, 1e-6);
                    Assert.Equal(y, backY, 1e-6);
                }
        }
    }

    [Theory]
    [InlineData("translate(8,-3)", 10, 20, 18, 17), InlineData("rotate(90)", 42, 24, 32, 34), InlineData("scale(0.5)", 0, 0, 16, 12), InlineData("flip", 10, 20, 54, 20), InlineData("affine(1,0.5,0,2)", 34, 28, 36, 32)]
    public void MovementsAreAboutTheMiddle(string text, double x, double y, double toX, double toY)
    {
        var (foundX, foundY) = Warp.Of(CnnWarp.Parse(text), 64, 48, new Random(1)).Forward(x, y);
        Assert.Equal(toX, foundX, 1e-9);
        Assert.Equal(toY, foundY, 1e-9);
    }

    [Fact]
    public void WholePixelsMoveUnchangedAndEdgesAreMirrors()
    {
        var random = new Random(2);
        float[] picture = [.. Enumerable.Range(0, 2 * 6 * 9).Select(_ => random.NextSingle())], moved = new float[picture.Length];
        Warp.Apply(picture, 9, 6, Warp.Of(CnnWarp.Parse("translate(2,-1)"), 9, 6, random), moved);
        for (int c = 0; c < 2; c++)
            for (int y = 0; y < 6; y++)
                for (int x = 0; x < 9; x++) Assert.Equal(picture[c * 54 + (y + 1 < 6 ? y + 1 : 5) * 9 + (x >= 2 ? x - 2 : 1 - x)], moved[c * 54 + y * 9 + x]);
        Warp.Apply(picture, 9, 6, Warp.Of(CnnWarp.Parse("flip"), 9, 6, random), moved);
        for (int i = 0; i < 108; i++) Assert.Equal(picture[i / 9 * 9 + 8 - i % 9], moved[i]);
        // Half a pixel is the mean of both.
        Warp.Apply(picture, 9, 6, Warp.Of(CnnWarp.Parse("translate(0.5,0)"), 9, 6, random), moved);
        Assert.Equal((picture[3] + picture[4]) / 2, moved[4], 1e-6);
    }

    [Fact]
    public void ThinPlatesPassThroughTheirPointsAndDoNotFold()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            IWarp warp = Warp.Of(CnnWarp.Parse("thinplate(0.2)"), 64, 64, new Random(seed));
            for (int y = 0; y < 63; y += 3)
                for (int x = 0; x < 63; x += 3)
                {
                    var (x0, y0) = warp.Inverse(x, y);
                    var (x1, y1) = warp.Inverse(x + 1, y);
                    var (x2, y2) = warp.Inverse(x, y + 1);
                    Assert.True((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) > 0);
                }
        }
        // Nothing moves without deviation; with it the mean displacement of the corners, which are control points, is about its size.
        IWarp still = Warp.Of(CnnWarp.Parse("thinplate(0)"), 64, 64, new Random(0));
        Assert.Equal(13.25, still.Inverse(13.25, 50).X, 1e-9);
        double squares = Enumerable.Range(0, 200).Average(seed => Math.Pow(Warp.Of(CnnWarp.Parse("thinplate(0.02)"), 64, 64, new Random(seed)).Inverse(0, 64).X, 2));
        Assert.InRange(Math.Sqrt(squares), 0.02 * 64 * 0.85, 0.02 * 64 * 1.15);
    }

    [Theory]
    [InlineData("turn(4)"), InlineData("rotate"), InlineData("rotate(a)"), InlineData("rotate(1,2)"), InlineData("scale(0)"), InlineData("affine(1,1,1,1)"), InlineData("translate(1,2"), InlineData("translate(NaN,0)"), InlineData("thinplate(3)"), InlineData("")]
    public void WrongMovementsAreRefused(string text) => Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => CnnWarp.Parse(text)).ErrorId);
}
