using CnnVis.Engine.Mapping;

namespace CnnVis.Engine.Tests.Mapping;

public class MapPlannerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    [InlineData(200)]
    public void AGridShowsEachImageOnceInACellOfItsOwn(int count)
    {
        MapPlan plan = MapPlanner.Plan(TestMaps.Random(count), new MapOptions { Layout = MapLayout.Grid });
        Assert.Equal(Enumerable.Range(0, count), plan.Items.Select(i => i.Point).Order());
        Assert.Equal(count, plan.Items.Select(i => i.Box).Distinct().Count());
        Assert.InRange(plan.Columns * plan.Rows, count, count + plan.Columns);
        Assert.All(plan.Items, i => Assert.True(i.Box.X >= 0 && i.Box.Y >= 0 && i.Box.X + i.Box.Width <= plan.Width && i.Box.Y + i.Box.Height <= plan.Height));
    }

    [Fact]
    public void AGridPutsUpWhatIsUpAndRightWhatIsRight()
    {
        TsneMap map = TestMaps.Of([[0, 0], [9, 0], [0, 9], [9, 9]]);
        MapPlan plan = MapPlanner.Plan(map, new MapOptions { Layout = MapLayout.Grid, ThumbnailSize = 10 });
        Assert.Equal([2, 3, 0, 1], plan.Items.Select(i => i.Point));
        Assert.Equal(new PixelBox(10, 0, 10, 10), plan.Items[1].Box);
        Assert.Equal(0, plan.Assignment!.Cost);
    }

    [Theory]
    [InlineData(7, null, 7, 15)]
    [InlineData(null, 5, 20, 5)]
    [InlineData(30, 20, 30, 20)]
    public void ColumnsAndRowsAreThoseAskedFor(int? columns, int? rows, int width, int height)
    {
        MapPlan plan = MapPlanner.Plan(TestMaps.Random(100), new MapOptions { Layout = MapLayout.Grid, Columns = columns, Rows = rows, ThumbnailSize = 8 });
        Assert.Equal((width, height), (plan.Columns, plan.Rows));
        Assert.Equal((8 * width, 8 * height), (plan.Width, plan.Height));
        Assert.Equal(100, plan.Items.Select(i => i.Box).Distinct().Count());
    }

    [Fact]
    public void AMapOfOneDimensionRunsThroughAGridLikeText()
    {
        TsneMap map = TestMaps.Of([[5], [-1], [3], [9], [0], [7]]);
        MapPlan plan = MapPlanner.Plan(map, new MapOptions { Layout = MapLayout.Grid, Columns = 3 });
        Assert.Equal([1, 4, 2, 0, 5, 3], plan.Items.Select(i => i.Point));
        MapPlan strip = MapPlanner.Plan(map, new MapOptions { Size = 200, ThumbnailSize = 20 });
        Assert.Equal((200, 20), (strip.Width, strip.Height));
        Assert.Equal(1, MapPlanner.Plan(map, new MapOptions { Layout = MapLayout.Fill }).Rows);
    }

    [Fact]
    public void AScatterKeepsTheMapsShape()
    {
        TsneMap map = TestMaps.Of([[0, 0], [4, 1], [2, 0.5f]]);
        MapPlan plan = MapPlanner.Plan(map, new MapOptions { Size = 500, ThumbnailSize = 100 });
        Assert.Equal((500, 200), (plan.Width, plan.Height));
        Assert.Equal([new PixelBox(0, 100, 100, 100), new PixelBox(400, 0, 100, 100), new PixelBox(200, 50, 100, 100)], plan.Items.Select(i => i.Box));
        Assert.Equal([0, 1, 2], plan.Items.Select(i => i.Point));
    }

    [Theory]
    [InlineData(4, 2048, null, null, 2048, 160)]
    [InlineData(1024, 2048, null, null, 2048, 64)]
    [InlineData(4, 16384, null, null, 2048, 160)] // a page of few images is no larger than they need
    [InlineData(10000, 16384, null, null, 16000, 160)]
    [InlineData(100, 2048, null, 300, 3000, 300)]
    [InlineData(100, 2048, 500, null, 500, 50)]
    public void WhatIsNotAskedForIsChosen(int count, int usual, int? size, int? thumbnail, int chosen, int image)
    {
        MapPlan plan = MapPlanner.Plan(TestMaps.Random(count), new MapOptions { UsualSize = usual, Size = size, ThumbnailSize = thumbnail });
        Assert.Equal((chosen, image), (Math.Max(plan.Width, plan.Height), plan.ThumbnailSize));
    }

    [Fact]
    public void FillShowsTheNearest()
    {
        TsneMap map = TestMaps.Random(60, seed: 5);
        MapPlan plan = MapPlanner.Plan(map, new MapOptions { Layout = MapLayout.Fill, Columns = 30, Rows = 20 });
        Assert.Equal(600, plan.Items.Count);
        float left = map.Points.ToArray().Min(p => p.X), across = map.Points.ToArray().Max(p => p.X) - left, top = map.Points.ToArray().Max(p => p.Y), down = top - map.Points.ToArray().Min(p => p.Y);
        for (int cell = 0; cell < 600; cell++)
        {
            double Distance(int i) => Math.Pow((map.Points[i].X - left) / across * 29 - cell % 30, 2) + Math.Pow((top - map.Points[i].Y) / down * 19 - cell / 30, 2);
            Assert.Equal(Enumerable.Range(0, 60).Min(Distance), Distance(plan.Items[cell].Point), 5);
        }
    }

    [Fact]
    public void OfEquallyNearImagesTheFirstIsShown()
    {
        MapPlan plan = MapPlanner.Plan(TestMaps.Of([[1, 1], [1, 1], [1, 1]]), new MapOptions { Layout = MapLayout.Fill, Columns = 3, Rows = 3 });
        Assert.All(plan.Items, i => Assert.Equal(0, i.Point));
    }

    [Fact]
    public void SeamsAreAsThickAsCodesAreFarApart()
    {
        float[][] places = [.. Enumerable.Range(0, 12).Select(i => new float[] { i % 4, -(i / 4) })];
        var random = new Random(2);
        float[][] codes = [.. places.Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })];
        MapPlan plan = MapPlanner.Plan(TestMaps.Of(places, codes), new MapOptions { Layout = MapLayout.Grid, Columns = 4, ThumbnailSize = 60, Seams = true });
        Assert.Equal(3 * 3 + 2 * 4, plan.Seams.Count); // rows of 4 in 3, columns of 3 in 4
        Assert.Equal(10, plan.SeamRoom);
        Assert.Equal(plan.SeamRoom, plan.Seams.Max(s => s.Thickness), 9);
        foreach (Seam seam in plan.Seams)
        {
            int middleX = seam.Room.X + seam.Room.Width / 2, middleY = seam.Room.Y + seam.Room.Height / 2;
            int one = seam.IsVertical ? middleY / 60 * 4 + middleX / 60 - 1 : (middleY / 60 - 1) * 4 + middleX / 60, other = seam.IsVertical ? one + 1 : one + 4;
            double distance = Math.Sqrt(codes[one].Zip(codes[other], (a, b) => Math.Pow((double)a - b, 2)).Sum());
            Assert.Equal(distance, seam.Distance, 9);
            Assert.Equal(distance / plan.LargestDistance * plan.SeamRoom, seam.Thickness, 9);
        }
    }

    [Fact]
    public void EqualCodesHaveNoSeamsAndEmptyCellsNone()
    {
        float[][] places = [.. Enumerable.Range(0, 5).Select(i => new float[] { i % 3, i / 3 })], same = [.. places.Select(_ => new float[] { 1, 2 })];
        MapPlan plan = MapPlanner.Plan(TestMaps.Of(places, same), new MapOptions { Layout = MapLayout.Grid, Columns = 3, Rows = 3, Seams = true });
        Assert.All(plan.Seams, s => Assert.Equal(0, s.Thickness));
        Assert.InRange(plan.Seams.Count, 1, 8); // of 12 between nine cells
        Assert.Equal(0, plan.LargestDistance);
    }

    [Fact]
    public void WhatCannotBeDrawnIsRefused()
    {
        var grid = new MapOptions { Layout = MapLayout.Grid };
        AssertRefused("no points", () => MapPlanner.Plan(TestMaps.Of([]), grid));
        AssertRefused("cannot be drawn", () => MapPlanner.Plan(TestMaps.Of([[0, 1], [float.NaN, 2]]), grid));
        AssertRefused("cannot be drawn", () => MapPlanner.Plan(TestMaps.Of([[0, float.PositiveInfinity]]), new MapOptions()));
        AssertRefused("no codes", () => MapPlanner.Plan(TestMaps.Of([[0, 1], [1, 2]], [[], []]), grid with { Seams = true }));
        AssertRefused("differ in length", () => MapPlanner.Plan(TestMaps.Of([[0, 1], [1, 2]], [[1], [1, 2]]), grid with { Seams = true }));
        AssertRefused("not finite", () => MapPlanner.Plan(TestMaps.Of([[0, 1], [1, 2]], [[1], [float.NaN]]), grid with { Seams = true }));
    }

    [Theory]
    [InlineData(MapLayout.Scatter)]
    [InlineData(MapLayout.Grid)]
    [InlineData(MapLayout.Fill)]
    public void PointsInOnePlaceAreDrawn(MapLayout layout)
    {
        MapPlan plan = MapPlanner.Plan(TestMaps.Of([.. Enumerable.Repeat(new float[] { 3, 3 }, 7)]), new MapOptions { Layout = layout });
        Assert.InRange(Math.Min(plan.Width, plan.Height), 1, 2048);
        Assert.NotEmpty(plan.Items);
    }

    private static void AssertRefused(string says, Action plan)
    {
        CnnVisException error = Assert.Throws<CnnVisException>(plan);
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
