using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Neighbors;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tests.Correspondence;

public sealed class NeighborReconstructionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network = CorrespondenceMeasurementTests.Valid();

    /// <summary>A picture that is among the others under another name is found again, piece by piece; the controls do not find it.</summary>
    [Fact]
    public void ACopyIsFoundExactly()
    {
        string query = Picture("q/a.png", 1);
        Picture("others/copy.png", 1);
        for (int i = 2; i < 8; i++) Picture($"others/{i}.png", i);
        CnnNeighborImage made = Assert.Single(Run(query, "others", [1]));
        Assert.Equal((4.0, 7), (made.Grid.StrideX, made.ReferenceCount));
        Assert.Equal((52, 52), (made.Original.Width, made.Original.Height)); // 13 pieces of 4
        Assert.Equal(made.Original.Pixels, made.Nearest.Image.Pixels);
        Assert.True(double.IsPositiveInfinity(made.Nearest.Psnr));
        Assert.Equal((1, 1, 100), (Math.Round(made.Nearest.Ssim, 6), Math.Round(made.Nearest.CenterSsim, 6), made.Nearest.CenterPsnr));
        Assert.Equal(0, made.MeanDistance, 1e-6);
        Assert.InRange(made.SamePlace.Psnr, 5, 20);
        Assert.Null(made.SameClass); // "q" is another class
    }

    [Fact]
    public void ThePictureItselfIsLeftOut()
    {
        string query = Picture("all/a.png", 1);
        for (int i = 2; i < 6; i++) Picture($"all/{i}.png", i);
        CnnNeighborImage[] made = Run(query, "all", [1, 4]);
        Assert.All(made, m => Assert.Equal(4, m.ReferenceCount));
        Assert.True(made[0].Nearest.Psnr < 20);
        Assert.True(made[0].MeanDistance < made[1].MeanDistance);
        // Means are nearer, also those of the controls.
        Assert.True(made[1].SamePlace.Psnr > made[0].SamePlace.Psnr);
        Assert.NotNull(made[1].SameClass);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Run(query, "all", [5])).ErrorId);
    }

    /// <summary>The k nearest of brute force over all units of all pictures, and the means of their pieces.</summary>
    [Fact]
    public void PiecesAreMeansOfThoseOfTheNearestUnits()
    {
        string query = Picture("q/a.png", 1);
        string[] others = [.. Enumerable.Range(2, 5).Select(i => Picture($"others/{i}.png", i))];
        const int k = 3;
        CnnNeighborImage made = Assert.Single(Run(query, "others", [k]));
        var reader = new FeatureReader(_network, [_network.Layer("r2")], CorrespondenceMetric.Cosine);
        float[] own = Load(query);
        float[][] pixels = [.. others.Select(Load)];
        FeatureGrid features = Read(own);
        FeatureGrid[] grids = [.. pixels.Select(Read)];
        foreach (int unit in (int[])[0, 40, 84, 168])
        {
            var nearest = Enumerable.Range(0, grids.Length).SelectMany(p => Enumerable.Range(0, 169).Select(u => (p, u))).OrderBy(c => FeatureGrid.SquaredDistance(features[unit], grids[c.p][c.u])).Take(k).ToArray();
            for (int y = 0; y < 4; y++)
                for (int x = 0; x < 4; x++)
                {
                    double mean = nearest.Average(n => pixels[n.p][(4 + n.u / 13 * 4 + y) * 61 + 4 + n.u % 13 * 4 + x]); // the first centre is at 6.5, its piece begins at 4
                    Assert.Equal(255 * mean, made.Nearest.Image[unit % 13 * 4 + x, unit / 13 * 4 + y].R, 0.6);
                }
        }

        FeatureGrid Read(float[] picture)
        {
            using Tensor input = tensor(picture).reshape(1, 3, 61, 61);
            return reader.Read(input)[0][0];
        }
    }

    [Fact]
    public void ResultsDoNotDependOnTheBatch()
    {
        string query = Picture("q/a.png", 1);
        for (int i = 2; i < 9; i++) Picture($"q/{i}.png", i);
        CnnNeighborImage one = Run(query, "q", [2], batch: 1)[0], many = Run(query, "q", [2], batch: 5)[0];
        Assert.Equal(one.SamePlace.Image.Pixels, many.SamePlace.Image.Pixels);
        Assert.Equal(one.SameClass!.Image.Pixels, many.SameClass!.Image.Pixels);
        Assert.Equal(one.Nearest.Psnr, many.Nearest.Psnr, 1e-6);
    }

    private CnnNeighborImage[] Run(string query, string folder, int[] sizes, int batch = 3)
    {
        var reconstruction = new NeighborReconstruction(_network, [_network.Layer("r2")], [.. ImageSources.In(_folder[folder], false, error => throw error)], path => Path.GetFileName(Path.GetDirectoryName(path)), new NeighborOptions { Sizes = sizes, BatchSize = batch });
        using var stream = new ImageStream(_network, 2, default);
        return [.. stream.Batches([new ImageSource(query)]).SelectMany(b => reconstruction.Reconstruct(b, error => throw error, _ => { })).SelectMany(m => m)];
    }

    private float[] Load(string file)
    {
        float[] values = new float[_network.Input.Length];
        Preprocessor.Load(file, _network.Input, DecodeOptions.Default, values);
        return values;
    }

    private string Picture(string name, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[61 * 61 * 3];
        random.NextBytes(pixels);
        return _folder.Add(name, ImageCodec.Encode(new PixelImage(61, 61, pixels), ImageFormat.Png, 100));
    }

    public void Dispose() => _folder.Dispose();
}
