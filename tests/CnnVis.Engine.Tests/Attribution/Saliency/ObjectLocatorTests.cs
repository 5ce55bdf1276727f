using CnnVis.Engine.Attribution.Saliency.Localization;

namespace CnnVis.Engine.Tests.Attribution.Saliency;

public sealed class ObjectLocatorTests
{
    private static readonly CnnInput _input = new(3, 48, 64, ResizeMode.Crop, 48);
    private static readonly PixelBox _object = new(20, 12, 24, 18);

    [Fact]
    public void TheBoxHoldsWhatIsSalient()
    {
        float[] map = Map(new PixelBox(20, 12, 12, 12));
        map[47 * 64 + 63] = 0.4f; // a stray pixel
        IsAbout(new PixelBox(20, 12, 12, 12), ObjectLocator.Locate(map, UnitGrid.Stretched(48, 64, 64, 48), Picture(), _input, segment: false, default), 4);
    }

    [Fact]
    public void TheCutFollowsTheColoursToTheObjectsEnd()
    {
        // Only the object's middle is salient; its colour goes on to its edges.
        IsAbout(_object, ObjectLocator.Locate(Map(new PixelBox(26, 16, 12, 10)), UnitGrid.Stretched(48, 64, 64, 48), Picture(), _input, segment: true, default), 0);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(4), InlineData(5), InlineData(13)]
    public void TheCutWorksOnAnyNumberOfChannels(int channels)
    {
        float[] color = Picture(), picture = new float[channels * 48 * 64];
        for (int c = 0; c < channels; c++) color.AsSpan(c % 3 * 48 * 64, 48 * 64).CopyTo(picture.AsSpan(c * 48 * 64));
        IsAbout(_object, ObjectLocator.Locate(Map(new PixelBox(26, 16, 12, 10)), UnitGrid.Stretched(48, 64, 64, 48), picture, _input with { Channels = channels }, segment: true, default), 1);
    }

    [Fact]
    public void ACoarseMapCoversThePicture()
    {
        PixelBox? box = ObjectLocator.Locate([0, 0, 0, 0, 0, 0, 0, 5], UnitGrid.Stretched(2, 4, 64, 48), Picture(), _input, segment: false, default);
        Assert.True(box is { X: > 40, Y: > 20 } found && found.X + found.Width == 64 && found.Y + found.Height == 48, box.ToString());
    }

    [Theory, InlineData(0f), InlineData(3f), InlineData(float.NaN)]
    public void AMapThatIsTheSameEverywhereHasNoObject(float value)
    {
        float[] map = new float[48 * 64];
        map.AsSpan().Fill(value);
        Assert.Null(ObjectLocator.Locate(map, UnitGrid.Stretched(48, 64, 64, 48), Picture(), _input, segment: true, default));
    }

    /// <summary>Three nodes in a row; it is cheapest to part the last two.</summary>
    [Fact]
    public void ACutByHand()
    {
        var cut = new MinimumCut(3);
        cut.Terminals(0, sinkSide: 5, sourceSide: 1);
        cut.Terminals(1, sinkSide: 0, sourceSide: 1);
        cut.Terminals(2, sinkSide: 1, sourceSide: 4);
        cut.Neighbours(0, 1, 3);
        cut.Neighbours(1, 2, 0.5);
        Assert.Equal([true, true, false], cut.Divide(default));
    }

    private static void IsAbout(PixelBox expected, PixelBox? box, int tolerance)
    {
        Assert.NotNull(box);
        foreach (var (e, v) in new[] { (expected.X, box.Value.X), (expected.Y, box.Value.Y), (expected.X + expected.Width, box.Value.X + box.Value.Width), (expected.Y + expected.Height, box.Value.Y + box.Value.Height) })
            Assert.InRange(v, e - tolerance, e + tolerance);
    }

    private static float[] Map(PixelBox salient)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, 48 * 64).Select(i => IsIn(salient, i) ? 1 + random.NextSingle() : 0.1f * random.NextSingle())];
    }

    /// <summary>A red object on blue.</summary>
    private static float[] Picture() => [.. Enumerable.Range(0, 3).SelectMany(c => Enumerable.Range(0, 48 * 64).Select(i => IsIn(_object, i) == (c == 0) && c != 1 ? 0.9f : 0.1f))];

    private static bool IsIn(PixelBox box, int i) => i % 64 >= box.X && i % 64 < box.X + box.Width && i / 64 >= box.Y && i / 64 < box.Y + box.Height;
}
