using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;
using CnnVis.Engine.Tests.Images;

namespace CnnVis.Engine.Tests.Retrieval;

public sealed class ImageRetrievalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network = RetrievalRun.Network();

    public void Dispose()
    {
        _network.Graph.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(3, 0.3)]
    [InlineData(3, 0)]
    [InlineData(1000, 1)]
    public void WhatIsKeptIsWhatSortingEverythingGives(int perImage, double overlap)
    {
        // Every second picture comes again, flat ones make ties within a map, and some cannot be read.
        string[] files = [.. Enumerable.Range(0, 40).Select(i => i % 9 == 4 ? _folder.Add($"{i:00}.png", "broken"u8)
            : _folder.Add($"{i:00}.png", Pictures.Png(i % 5 == 0 ? Pictures.Of(20, 16, (_, _) => new Rgb(90, (byte)(i / 10 * 40), 200)) : Pictures.Noise(16, 16, seed: i / 2))))];
        // Where every place of a picture may be kept, sorting them all takes its time, so that the largest maps are left out.
        string[] layers = perImage < 100 ? ["conv1", "relu1", "pool1", "relu2", "fc3", "relu3"] : ["pool1", "relu2", "fc3", "relu3"];
        var query = new RetrievalQuery { Layers = [.. layers.Select(l => RetrievalRun.All(_network, l))], Top = 7, PerImage = perImage, Overlap = overlap, BatchSize = 8 };
        MaxActivatingImageSet found = RetrievalRun.Over(_network, query, files);
        Assert.Equal((36, 4, 40), ((int)found.ImageCount, (int)found.FailedCount, (int)found.ListedCount));
        int unit = 0;
        foreach (string name in layers)
        {
            CnnLayer layer = _network.Layer(name);
            var maps = BruteForce.Maps(_network, _network.Value(layer), files, query.BatchSize);
            int columns = layer.OutputShape.Count == 3 ? layer.OutputShape[2] : 1;
            for (int channel = 0; channel < layer.Channels; channel++, unit++)
            {
                MaxActivatingUnit actual = found.Units[unit];
                Assert.Equal((name, channel), (actual.Layer, actual.Channel));
                var expected = BruteForce.Top([.. maps.Select(m => m?[channel])], p => layer.ReceptiveField!.Box(p / columns, p % columns, 16, 16), query.Top, perImage, overlap);
                Assert.Equal(expected.Select(e => (e.Value, files[e.Image], e.InputBox)), actual.Images.Select(i => (i.Value, i.Path, i.InputBox)));
                if (columns > 1) Assert.Equal(expected.Select(e => e.Position), actual.Images.Select(i => i.Row!.Value * columns + i.Column!.Value));
                Assert.Equal(Enumerable.Range(1, expected.Count), actual.Images.Select(i => i.Order));
                Assert.All(actual.Images, i => Assert.Equal(actual.Maximum > 0 ? (double)i.Value / actual.Maximum : null, i.NormalizedValue));
            }
        }
    }

    [Fact]
    public void ATieGoesToTheFirstImageAndTheFirstPosition()
    {
        byte[] flat = Pictures.Png(Pictures.Of(16, 16, (_, _) => new Rgb(10, 120, 240)));
        string[] files = [.. Enumerable.Range(0, 12).Select(i => _folder.Add($"{i:00}.png", flat))];
        var found = RetrievalRun.Over(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "relu2")], Top = 3, BatchSize = 4 }, files);
        Assert.All(found.Units, u => Assert.Equal([0, 1, 2], u.Images.Select(i => i.Index)));
        Assert.All(found.Units.Where(u => u.Maximum == 0), u => Assert.All(u.Images, i => Assert.Equal((0, 0, null), (i.Row, i.Column, i.NormalizedValue))));
        Assert.Contains(found.Units, u => u.Maximum == 0); // a unit that never fires has images too
    }

    [Fact]
    public void APositionLooksAtThatPlaceAlone()
    {
        string[] files = Noise(20);
        var found = RetrievalRun.Over(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "conv2", position: (2, 5))], Top = 4, BatchSize = 8 }, files);
        var maps = BruteForce.Maps(_network, "conv2", files, 8);
        foreach (MaxActivatingUnit unit in found.Units)
        {
            Assert.Equal(maps.Select(m => m![unit.Channel!.Value][2 * 8 + 5]).OrderDescending().Take(4), unit.Images.Select(i => i.Value));
            Assert.All(unit.Images, i => Assert.Equal((2, 5, _network.Layer("conv2").ReceptiveField!.Box(2, 5, 16, 16)), (i.Row, i.Column, i.InputBox)));
        }
    }

    [Fact]
    public void PreReluLooksAtWhatTheReluIsGiven()
    {
        string[] files = Noise(12);
        MaxActivatingImageSet before = RetrievalRun.Over(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "relu3")], BatchSize = 8, PreRelu = true }, files);
        MaxActivatingImageSet fc = RetrievalRun.Over(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "fc3")], BatchSize = 8 }, files);
        Assert.Equal(fc.Units.SelectMany(u => u.Images).Select(i => (i.Path, i.Value)), before.Units.SelectMany(u => u.Images).Select(i => (i.Path, i.Value)));
        Assert.Contains(before.Units, u => u.Images.Any(i => i.Value < 0));
    }

    [Fact]
    public void DirectionsOverChannelsAndOverAllOfALayer()
    {
        string[] files = Noise(20);
        float[] over = [1, -2, 0.5f, 0, 3, -1], whole = [.. Enumerable.Range(0, 6 * 64).Select(i => MathF.Sin(i))];
        var units = new LayerUnits(_network.Layer("relu2"), [2], [new LayerDirection("a", over, false), new LayerDirection("b", whole, false), new LayerDirection("unit", [0, 0, 1, 0, 0, 0], false)], null);
        var found = RetrievalRun.Over(_network, new RetrievalQuery { Layers = [units], Top = 5, BatchSize = 8 }, files);
        var maps = BruteForce.Maps(_network, "relu2", files, 8);
        Assert.Equal(["relu2:2", "relu2 a", "relu2 b", "relu2 unit"], found.Units.Select(u => u.Name));
        double[] a = [.. maps.Select(m => Enumerable.Range(0, 64).Max(p => Enumerable.Range(0, 6).Sum(c => (double)m![c][p] * over[c])))];
        double[] b = [.. maps.Select(m => Enumerable.Range(0, 6 * 64).Sum(i => (double)m![i / 64][i % 64] * whole[i]))];
        Check(a, found.Units[1]);
        Check(b, found.Units[2]);
        Assert.All(found.Units[2].Images, i => Assert.Equal((null, null, new PixelBox(0, 0, 16, 16)), (i.Row, i.Column, i.InputBox)));
        Assert.Equal(found.Units[0].Images.Select(i => (i.Path, i.Value, i.Row, i.Column)), found.Units[3].Images.Select(i => (i.Path, i.Value, i.Row, i.Column)));

        void Check(double[] expected, MaxActivatingUnit actual)
        {
            Assert.Equal(Enumerable.Range(0, expected.Length).OrderByDescending(i => expected[i]).Take(5).Select(i => files[i]), actual.Images.Select(i => i.Path));
            Assert.All(actual.Images, i => Assert.Equal(expected[i.Index], i.Value, 1e-4));
        }
    }

    [Fact]
    public void RandomDirectionsHaveLengthOneAndDependOnTheSeed()
    {
        CnnLayer layer = _network.Layer("relu2");
        var first = LayerDirection.Random(layer, 200, seed: 1);
        Assert.Equal(first.Select(d => d.Values), LayerDirection.Random(layer, 200, seed: 1).Select(d => d.Values));
        Assert.NotEqual(first[0].Values, LayerDirection.Random(layer, 200, seed: 2)[0].Values);
        Assert.All(first, d => Assert.Equal(1, d.Values.Sum(v => (double)v * v), 1e-5));
        Assert.InRange(Enumerable.Range(0, 6).Max(c => Math.Abs(first.Average(d => d.Values[c]))), 0, 0.12); // no side is preferred
        Assert.Equal(1.0 / 6, first.Average(d => (double)d.Values[3] * d.Values[3]), 0.05);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void ADirectionThatDoesNotFitIsRefused(int length)
    {
        var units = new LayerUnits(_network.Layer("relu2"), [], [new LayerDirection("direction 0", new float[length], false)], null);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => new ImageRetrieval(_network, new RetrievalQuery { Layers = [units] })).ErrorId);
    }

    [Fact]
    public void ADirectionOfZerosOrNaNIsRefused()
    {
        foreach (float value in new[] { 0, float.NaN, float.PositiveInfinity })
        {
            var units = new LayerUnits(_network.Layer("relu2"), [], [new LayerDirection("direction 0", [value, value, value, value, value, value], false)], null);
            Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => new ImageRetrieval(_network, new RetrievalQuery { Layers = [units] })).ErrorId);
        }
    }

    [Fact]
    public void BoxesAreGivenInPixelsOfTheUprightPhoto()
    {
        // 40 x 20: the middle 20 x 20 are seen, each pixel of the input 1.25 of the photo.
        string file = _folder.Add("wide.png", Pictures.Png(Pictures.Noise(40, 20)));
        var found = RetrievalRun.Over(_network, new RetrievalQuery { Layers = [RetrievalRun.All(_network, "conv1")], BatchSize = 2 }, [file]);
        foreach (MaxActivatingImage image in found.Units.SelectMany(u => u.Images))
        {
            Assert.Equal(_network.Layer("conv1").ReceptiveField!.Box(image.Row!.Value, image.Column!.Value, 16, 16), image.InputBox);
            Assert.Equal((int)Math.Round(10 + image.InputBox.X * 1.25), image.Box.X);
            Assert.Equal((int)Math.Round(image.InputBox.Y * 1.25), image.Box.Y);
            Assert.Equal((int)Math.Round(10 + (image.InputBox.X + image.InputBox.Width) * 1.25), image.Box.X + image.Box.Width);
        }
    }

    private string[] Noise(int count) => [.. Enumerable.Range(0, count).Select(i => _folder.Add($"{i:00}.png", Pictures.Png(Pictures.Noise(16, 16, seed: i))))];
}
