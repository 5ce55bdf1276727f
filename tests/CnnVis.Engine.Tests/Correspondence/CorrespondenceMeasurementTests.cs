using CnnVis.Engine.Correspondence.Measurement;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Shapes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Tests.Correspondence;

public sealed class CorrespondenceMeasurementTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void WholeStridesAreExactForAnyWeights()
    {
        CorrespondenceMeasure[] measures = Measure(Valid(), ["r2"], new MeasureOptions { Warps = [CnnWarp.Parse("translate(8,-4)")] });
        foreach (CorrespondenceFeatures exact in (CorrespondenceFeatures[])[CorrespondenceFeatures.Network, CorrespondenceFeatures.RandomWeights])
        {
            CorrespondenceMeasure measure = measures.Single(m => m.Features == exact);
            Assert.Equal((3, 3L * 11 * 12), (measure.Count, measure.Points));
            Assert.Equal(0, measure.MedianError, 1e-3);
            Assert.Equal(1, measure.Pck025);
            Assert.Equal((1, 1), (measure.Pck025Lower, measure.Pck025Upper));
        }
        // What stays where it is errs by the whole way; chance by much.
        CorrespondenceMeasure still = measures.Single(m => m.Features == CorrespondenceFeatures.Identity), chance = measures.Single(m => m.Features == CorrespondenceFeatures.RandomFeatures);
        Assert.Equal(Math.Sqrt(80), still.MedianError, 1e-9);
        Assert.Equal(0, still.Pck10);
        Assert.InRange(chance.Pck10, 0, 0.2);
        Assert.True(chance.MedianError > 12);
    }

    [Fact]
    public void MovementsAreCountedOneByOneAndTogether()
    {
        MeasureOptions options = new() { Warps = [CnnWarp.Parse("flip"), CnnWarp.Parse("translate(4,0)")], ByWarp = true, MostPoints = 50 };
        CorrespondenceMeasure[] measures = Measure(Valid(), ["r1", "r2"], options);
        Assert.Equal(2 * 5 * 3, measures.Length);
        Assert.Equal(["flip", "translate(4,0)", "all"], measures.Select(m => m.Warp).Distinct());
        foreach (var group in measures.GroupBy(m => (m.Layer, m.Features)))
        {
            CorrespondenceMeasure[] all = [.. group];
            Assert.Equal(all[0].Points + all[1].Points, all[2].Points);
            Assert.All(all, m => Assert.True(m.Points <= 3 * 50 * 2));
            Assert.Equal((all[0].Pck10 + all[1].Pck10) / 2, all[2].Pck10, 1e-9); // the same number of points for both
        }
        // A flip moves what is in the middle by nothing and other columns by twice their way there.
        CorrespondenceMeasure still = measures.First(m => m.Features == CorrespondenceFeatures.Identity && m.Layer == "relu2");
        Assert.InRange(still.Pck10, 0.05, 0.3);
        Assert.Equal(measures.Select(m => m.MedianError), Measure(Valid(), ["r1", "r2"], options).Select(m => m.MedianError));
    }

    /// <summary>Trained features find more than random ones where content is turned; noise makes it harder.</summary>
    [Fact]
    public void TrainedFeaturesAreBetterThanTheirControls()
    {
        string photos = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "examples", "photos"));
        Network network = ModelCatalog.Get("alexnet64");
        CnnWarp[] warps = [CnnWarp.Parse("rotate(15)"), CnnWarp.Parse("scale(1.4)"), CnnWarp.Parse("translate(5,-9)")];
        CorrespondenceMeasure[] measures = Measure(network, ["relu3"], new MeasureOptions { Warps = warps }, photos);
        double Pck(CorrespondenceMeasure[] of, CorrespondenceFeatures features) => of.Single(m => m.Features == features).Pck10;
        Assert.True(Pck(measures, CorrespondenceFeatures.Network) > Pck(measures, CorrespondenceFeatures.Identity) + 0.1);
        Assert.True(Pck(measures, CorrespondenceFeatures.Network) > Pck(measures, CorrespondenceFeatures.RandomFeatures) + 0.1);
        CorrespondenceMeasure[] noisy = Measure(network, ["relu3"], new MeasureOptions { Warps = warps, Noise = 0.5, Brightness = 0.3 }, photos);
        Assert.True(Pck(noisy, CorrespondenceFeatures.Network) < Pck(measures, CorrespondenceFeatures.Network));
        Assert.Equal(Pck(noisy, CorrespondenceFeatures.Identity), Pck(measures, CorrespondenceFeatures.Identity));
    }

    [Fact]
    public void MediansHaveIntervalsOfOrderStatistics()
    {
        Assert.Equal((2, double.NaN, double.NaN), MedianInterval.Of([3, 1, 2]));
        // Six values: 2 · (1/2)^6 = 0.03 outside of the smallest and the largest; ten: 2 · 11/1024 below the second.
        Assert.Equal((3.5, 1, 6), MedianInterval.Of([6, 5, 4, 3, 2, 1]));
        Assert.Equal((5.5, 2, 9), MedianInterval.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    }

    [Fact]
    public void ThePlotHasAChartForEachShare()
    {
        CorrespondenceMeasure[] measures = Measure(Valid(), ["r1", "r2"], new MeasureOptions { Warps = [CnnWarp.Parse("flip")] });
        Sheet sheet = new CorrespondencePlot { Measures = measures }.Draw(DrawOptions.Default);
        Assert.Equal(3, sheet.Cells.Count);
        Assert.Equal(5, sheet.Legend.Count);
    }

    private CorrespondenceMeasure[] Measure(Network network, string[] layers, MeasureOptions options, string? folder = null)
    {
        using var measurement = new CorrespondenceMeasurement(network, [.. layers.Select(network.Layer)], options);
        if (folder is null)
        {
            folder = _folder["pictures"];
            for (int seed = 0; seed < 3; seed++)
            {
                var random = new Random(seed);
                byte[] pixels = new byte[61 * 61 * 3];
                random.NextBytes(pixels);
                _folder.Add($"pictures/{seed}.png", ImageCodec.Encode(new PixelImage(61, 61, pixels), ImageFormat.Png, 100));
            }
        }
        using var stream = new ImageStream(network, 2, default);
        foreach (ImageBatch batch in stream.Batches(ImageSources.In(folder, false, error => throw error))) measurement.Add(batch, _ => { });
        return measurement.Measures;
    }

    /// <summary>Without padding: fields of 13, every 4 pixels, 13 × 13 of them.</summary>
    internal static Network Valid() => Network.Create("valid", "test", new TestNetworks.Chain(5, 1, 3, 61, 61).Conv("c1", 3, 16, 5, 2).Relu("r1").Conv("c2", 16, 24, 5, 2).Relu("r2")
        .Add("gap", new GlobalAveragePool(OperatorAttributes.None)).Add("flatten", new Flatten(OperatorAttributes.None)).Fc("fc", 24, 3).Build(), new Dictionary<string, string>(), new ImportOptions());

    public void Dispose() => _folder.Dispose();
}
