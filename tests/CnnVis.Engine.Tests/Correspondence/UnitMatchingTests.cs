using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Correspondence;

public sealed class UnitMatchingTests
{
    [Fact]
    public void UnitsLookAtTheCentresOfTheirFields()
    {
        Network network = CorrespondenceMeasurementTests.Valid();
        UnitGrid grid = UnitGrids.Of(network, network.Layer("r2"));
        Assert.Equal(new UnitGrid(13, 13, 6.5, 6.5, 4, 4), grid);
        Network padded = Network.Create("alex", "test", TestNetworks.AlexNet(width: 16), new Dictionary<string, string>(), new ImportOptions());
        // torchvision's AlexNet: fields of 99 pixels (studies of the layers), every 16, from −33: the first centre is at 16.5.
        ReceptiveField field = padded.Layer("relu3").ReceptiveField!;
        Assert.Equal(new UnitGrid(13, 13, field.OffsetX + field.Width / 2.0, field.OffsetY + field.Height / 2.0, 16, 16), UnitGrids.Of(padded, padded.Layer("relu3")));
        Assert.Throws<CnnVisException>(() => UnitGrids.Of(network, network.Layer("fc")));
        Assert.Equal("r2", UnitGrids.Default(network).Name);
        Assert.Equal("relu5", UnitGrids.Default(padded).Name);
        Assert.Equal("relu2", UnitGrids.Default(ModelCatalog.Get("alexnet64")).Alias);
    }

    [Theory]
    [InlineData(4, -8), InlineData(-12, 0), InlineData(16, 20)]
    public void TranslationByWholeStridesIsFoundExactly(int dx, int dy)
    {
        Network network = CorrespondenceMeasurementTests.Valid();
        var reader = new FeatureReader(network, [network.Layer("r2")], CorrespondenceMetric.Cosine);
        using Tensor canvas = rand([1, 3, 120, 120], generator: new Generator(3));
        using Tensor first = canvas.narrow(2, 30, 61).narrow(3, 30, 61).contiguous(), second = canvas.narrow(2, 30 - dy, 61).narrow(3, 30 - dx, 61).contiguous();
        FeatureGrid a = reader.Read(first)[0][0], b = reader.Read(second)[0][0];
        UnitMatching matching = UnitMatching.Nearest(a, b, out NearestUnits nearest);
        int inside = 0;
        for (int unit = 0; unit < a.Grid.Count; unit++)
        {
            int row = unit / 13 + dy / 4, column = unit % 13 + dx / 4;
            if (row is < 0 or > 12 || column is < 0 or > 12) continue;
            inside++;
            Assert.Equal(dx, matching.Flow.X[unit], 1e-3);
            Assert.Equal(dy, matching.Flow.Y[unit], 1e-3);
        }
        Assert.True(inside >= 60);
        CorrespondenceMatch[] kept = MatchList.Of(matching, nearest, new CorrespondenceOptions { MaximumRatio = 0.1, MaximumForwardBackwardError = 0.1 });
        Assert.True(kept.Length >= inside * 9 / 10);
        Assert.All(kept, m => Assert.Equal((dx, dy), ((int)Math.Round(m.TargetX - m.X), (int)Math.Round(m.TargetY - m.Y))));
    }

    /// <summary>The control: where there is nothing to find, nothing of the sort is found.</summary>
    [Fact]
    public void UnrelatedPicturesHaveNoCommonDisplacement()
    {
        Network network = CorrespondenceMeasurementTests.Valid();
        var reader = new FeatureReader(network, [network.Layer("r2")], CorrespondenceMetric.Cosine);
        using Tensor both = rand([2, 3, 61, 61], generator: new Generator(4));
        FeatureGrid[][] features = reader.Read(both);
        UnitMatching matching = UnitMatching.Nearest(features[0][0], features[1][0], out NearestUnits nearest);
        Assert.Empty(MatchList.Of(matching, nearest, new CorrespondenceOptions { MaximumRatio = 0.1, MaximumForwardBackwardError = 0.1 }));
        Assert.True(matching.Flow.X.GroupBy(x => Math.Round(x)).Max(g => g.Count()) < 40);
    }

    [Theory]
    [InlineData(CorrespondenceMetric.Cosine), InlineData(CorrespondenceMetric.L2)]
    public void NearestUnitsAreThoseOfAllPairs(CorrespondenceMetric metric)
    {
        var random = new Random(7);
        FeatureGrid a = Random(9, 8), b = Random(6, 11);
        int[] units = [0, 5, 17, 40, 71];
        NearestUnits all = NearestUnits.Find(a, b), some = NearestUnits.Find(a, b, units);
        for (int unit = 0; unit < a.Grid.Count; unit++) Assert.Equal(Nearest(b, a[unit], _ => true), all.Best[unit]);
        for (int unit = 0; unit < b.Grid.Count; unit++) Assert.Equal(Nearest(a, b[unit], _ => true), all.Back[unit]);
        for (int i = 0; i < units.Length; i++)
        {
            int best = some.Best[i];
            Assert.Equal(all.Best[units[i]], best);
            Assert.Equal(Nearest(b, a[units[i]], other => Math.Abs(other / 11 - best / 11) > 1 || Math.Abs(other % 11 - best % 11) > 1), some.Second[i]);
        }
        for (int unit = 0; unit < b.Grid.Count; unit++) Assert.Equal(Array.IndexOf(units, units.MinBy(u => FeatureGrid.SquaredDistance(a[u], b[unit]))), some.Back[unit]);

        FeatureGrid Random(int rows, int columns) => new(new UnitGrid(rows, columns, 0, 0, 1, 1), [.. Enumerable.Range(0, rows * columns * 10).Select(_ => (float)random.NextDouble())], metric);

        int Nearest(FeatureGrid grid, ReadOnlySpan<float> vector, Func<int, bool> counts)
        {
            (int best, double least) = (-1, double.PositiveInfinity);
            for (int i = 0; i < grid.Grid.Count; i++)
                if (counts(i) && FeatureGrid.SquaredDistance(vector, grid[i]) is var distance && distance < least) (best, least) = (i, distance);
            return best;
        }
    }

    [Theory]
    [InlineData(0), InlineData(0.1), InlineData(0.3), InlineData(-0.45)]
    public void PartsOfAUnitAreFound(double part)
    {
        FeatureGrid a = Waves(0), b = Waves(part);
        var (row, column) = SubCell.Of(a, 3 * 7 + 3, b, 3 * 7 + 3);
        Assert.Equal(part, column, 0.01);
        Assert.Equal(part, row, 0.01);
        // Exactly nothing where nothing moved, and at the edge.
        if (part == 0) Assert.Equal((0, 0), (row, column));
        Assert.Equal((0, 0), SubCell.Of(a, 0, b, 0));

        static FeatureGrid Waves(double shift)
        {
            var values = new List<float>();
            for (int y = 0; y < 7; y++)
                for (int x = 0; x < 7; x++)
                    foreach (double place in (double[])[0.5 * (x - shift), 0.5 * (y - shift)]) values.AddRange([(float)Math.Cos(place), (float)Math.Sin(place)]);
            return new FeatureGrid(new UnitGrid(7, 7, 0, 0, 8, 8), [.. values], CorrespondenceMetric.L2);
        }
    }

    [Fact]
    public void UnitsWithoutFeaturesMatchNothing()
    {
        var grid = new UnitGrid(1, 3, 0, 0, 1, 1);
        var a = new FeatureGrid(grid, [1, 0, 0, 0, 0, 1], CorrespondenceMetric.Cosine);
        UnitMatching matching = UnitMatching.Nearest(a, a, out NearestUnits nearest);
        CorrespondenceMatch[] matches = MatchList.Of(matching, nearest, new CorrespondenceOptions { IncludeOneSided = true });
        Assert.Equal([0, 2], matches.Select(m => m.Column));
        Assert.Equal(0, matching.Flow.X[1]);
        Assert.All(matches, m => Assert.True(m is { IsMutual: true, Distance: 0, Ratio: 0 }));
    }

    [Fact]
    public void FieldsAreBilinearBetweenCentresAndLevelOutside()
    {
        var field = new DisplacementField(new UnitGrid(2, 2, 4, 4, 8, 8), [0, 8, 0, 8], [0, 0, 4, 4]);
        Assert.Equal((4, 1), field.At(8, 6));
        Assert.Equal((0, 0), field.At(-3, 1));
        Assert.Equal((8, 4), field.At(60, 60));
    }

    [Fact]
    public void PicturesMoveByWholePixelsUnchanged()
    {
        var random = new Random(1);
        byte[] pixels = new byte[10 * 8 * 3];
        random.NextBytes(pixels);
        var picture = new PixelImage(10, 8, pixels);
        PixelImage moved = PictureWarp.Pull(picture, new DisplacementField(new UnitGrid(1, 2, 2, 4, 5, 8), [3, 3], [-2, -2]), 1, 1);
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 10; x++)
                Assert.Equal(x + 3 < 10 && y - 2 >= 0 ? picture[x + 3, y - 2] : new Rgb(160, 160, 160), moved[x, y]);
    }

    [Fact]
    public void OppositeDirectionsHaveOppositeColours()
    {
        Rgb still = FlowWheel.Color(0, 0, 5);
        Assert.True(Math.Abs(still.R - still.G) <= 1 && Math.Abs(still.G - still.B) <= 1);
        Rgb right = FlowWheel.Color(5, 0, 5), left = FlowWheel.Color(-5, 0, 5), down = FlowWheel.Color(0, 5, 5), up = FlowWheel.Color(0, -5, 5);
        Assert.True(right.R > right.G && left.G > left.R && up.B > up.R && down.B < down.R);
        Assert.Equal(right, FlowWheel.Color(500, 0, 5));
    }
}
