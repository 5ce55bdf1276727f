using CnnVis.Engine.Correspondence.Keypoints;
using CnnVis.Engine.Correspondence.Warps;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Tests.Correspondence;

/// <summary>Objects of one class are one photo, bent and shifted in known ways, so that where its keypoints are is known exactly.</summary>
public sealed class KeypointMeasurementTests : IDisposable
{
    private static readonly (string Name, double X, double Y)[] _points = [("leftEye", 16, 22), ("rightEye", 52, 26), ("nose", 40, 50), ("ear", 12, 6), ("chin", 30, 58)];
    private readonly TempFolder _folder = new();
    private readonly Network _network = ModelCatalog.Get("alexnet64");

    [Fact]
    public void TrainedFeaturesFindAndNameKeypoints()
    {
        var measures = Measure(Objects(12), new KeypointOptions { Neighbors = 6 });
        double Of(KeypointTask task, KeypointMethod method) => measures.Single(m => m.Task == task && m.Method == method).Accuracy;
        // Named: nearly all, and about a fifth by shuffled names.
        Assert.True(Of(KeypointTask.Classification, KeypointMethod.Network) > 0.9);
        Assert.True(Of(KeypointTask.Classification, KeypointMethod.ShuffledLabels) < 0.5);
        // Found by a detector, better than by where they usually are; by alignment, better than without.
        Assert.True(Of(KeypointTask.Prediction, KeypointMethod.Network) > Of(KeypointTask.Prediction, KeypointMethod.PriorOnly));
        Assert.True(Of(KeypointTask.Prediction, KeypointMethod.WithPrior) >= Of(KeypointTask.Prediction, KeypointMethod.PriorOnly));
        Assert.True(Of(KeypointTask.Transfer, KeypointMethod.Network) > Of(KeypointTask.Transfer, KeypointMethod.NoAlignment) + 0.1);
        Assert.All(measures, m => Assert.True(m.AccuracyLower <= m.Accuracy && m.Accuracy <= m.AccuracyUpper && m.Kinds == 5 && m.Count == 12 && m.Points <= 12 * 5));
        Assert.All(measures.Where(m => m.Task == KeypointTask.Classification), m => Assert.True(double.IsNaN(m.Pck05)));
        Assert.All(measures.Where(m => m.Task != KeypointTask.Classification), m => Assert.True(m.Pck025 <= m.Pck05 && m.Pck05 <= m.Accuracy));
    }

    [Fact]
    public void ErrorsAreSharesOfTheBox()
    {
        KeypointObject described = Objects(1)[0] with { Box = new KeypointBox(4, 8, 32, 16), Keypoints = [new CnnKeypoint("a", 12, 16, true), new CnnKeypoint("b", 0, 0, false)] };
        float[] values = new float[_network.Input.Length];
        ObjectPicture picture = ObjectPicture.Load(described, _network.Input, values);
        Assert.Equal((16, 32), Assert.Single(picture.Keypoints).Value); // (12 − 4) · 64 / 32, (16 − 8) · 64 / 16
        Assert.Equal(0.25, picture.RelativeDistance((0, 0), (16, 0)), 1e-9); // 8 pixels of 32
        Assert.Equal(0.125, picture.RelativeDistance((0, 0), (0, 16)), 1e-9); // 4 pixels
        Assert.Throws<CnnVisException>(() => ObjectPicture.Load(described with { Box = new KeypointBox(100, 100, 5, 5) }, _network.Input, values));
    }

    [Fact]
    public void SingleObjectsAreToldAndTheMeanIsOverClasses()
    {
        KeypointObject[] objects = Objects(8);
        KeypointObject[] classes = [.. objects.Select((o, i) => i == 0 ? o with { Class = "alone" } : i < 4 ? o with { Class = "first" } : o)];
        var errors = new List<CnnVisException>();
        var measures = Measure(classes, new KeypointOptions { Tasks = [KeypointTask.Classification] }, errors.Add);
        Assert.Contains("'alone'", Assert.Single(errors).Message);
        KeypointMeasure[] network = [.. measures.Where(m => m.Method == KeypointMethod.Network)];
        Assert.Equal(["cat", "first", "mean"], network.Select(m => m.Class));
        Assert.Equal((network[0].Accuracy + network[1].Accuracy) / 2, network[2].Accuracy, 1e-9);
        Assert.Equal(network[0].Points + network[1].Points, network[2].Points);
    }

    private IReadOnlyList<KeypointMeasure> Measure(KeypointObject[] objects, KeypointOptions options, Action<CnnVisException>? failed = null) =>
        new KeypointMeasurement(_network, [_network.Layer("relu3")], options).Measure(objects, failed ?? (error => throw error), _ => { });

    private KeypointObject[] Objects(int count)
    {
        string photo = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "examples", "photos", "chelsea.png"));
        float[] values = new float[_network.Input.Length], moved = new float[values.Length];
        Preprocessor.Load(photo, _network.Input, DecodeOptions.Default, values);
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            IWarp bend = Warp.Of(CnnWarp.Parse("thinplate(0.02)"), 64, 64, random), shift = new AffineWarp(64, 64, 1, 0, 0, 1, random.Next(-12, 13), random.Next(-12, 13));
            float[] bent = new float[values.Length];
            Warp.Apply(values, 64, 64, bend, bent);
            Warp.Apply(bent, 64, 64, shift, moved);
            byte[] pixels = new byte[64 * 64 * 3];
            for (int p = 0; p < pixels.Length; p++) pixels[p] = (byte)(255 * moved[p % 3 * 4096 + p / 3] + 0.5f);
            string file = _folder.Add($"{i:D2}.png", ImageCodec.Encode(new PixelImage(64, 64, pixels), ImageFormat.Png, 100));
            return new KeypointObject(file, "cat", null, _points.Select(k =>
            {
                var (x, y) = bend.Forward(k.X, k.Y);
                (x, y) = shift.Forward(x, y);
                return new CnnKeypoint(k.Name, x, y, x is >= 0 and <= 64 && y is >= 0 and <= 64);
            }).ToArray());
        })];
    }

    public void Dispose() => _folder.Dispose();
}
