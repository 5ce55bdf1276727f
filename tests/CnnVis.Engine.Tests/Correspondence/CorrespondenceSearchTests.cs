using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Tests.Correspondence;

public sealed class CorrespondenceSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Network _network = ModelCatalog.Get("alexnet64");

    [Fact]
    public void APictureMatchesItself()
    {
        var search = new CorrespondenceSearch(_network, [_network.Layer("relu2"), _network.Layer("relu4")], new CorrespondenceOptions());
        string file = Picture("a.png", 1);
        DescribedPicture picture = Assert.Single(new TargetPictures(search, _network, [new ImageSource(file)], 4).All(error => throw error, default));
        foreach (CnnCorrespondence found in search.Between(picture, picture))
        {
            Assert.Equal(found.Grid.Count, found.Matches.Length);
            Assert.All(found.Matches, m => Assert.Equal((m.X, m.Y), (m.TargetX, m.TargetY)));
            Assert.Equal(0, found.MeanDistance);
            Assert.Equal(found.Photo.Pixels, found.Warped.Pixels);
        }
    }

    [Fact]
    public void TargetsAreGoneThroughAgainAndErrorsToldOnce()
    {
        var search = new CorrespondenceSearch(_network, [_network.Layer("relu4")], new CorrespondenceOptions());
        string missing = _folder["none.png"];
        string[] files = [Picture("a.png", 1), missing, Picture("b.png", 2), Picture("c.png", 3)];
        var targets = new TargetPictures(search, _network, files.Select(f => new ImageSource(f)), batchSize: 2);
        var errors = new List<CnnVisException>();
        for (int i = 0; i < 3; i++) Assert.Equal(files.Except([missing]), targets.All(errors.Add, default).Select(p => p.Path));
        Assert.Equal(ErrorIds.PathNotFound, Assert.Single(errors).ErrorId);
        Assert.Equal(3, targets.Count);
    }

    [Fact]
    public void TheSheetHasThreePictures()
    {
        var search = new CorrespondenceSearch(_network, [_network.Layer("relu4")], new CorrespondenceOptions { IncludeOneSided = true });
        DescribedPicture[] pictures = [.. new TargetPictures(search, _network, [new ImageSource(Picture("a.png", 1)), new ImageSource(Picture("b.png", 2))], 4).All(error => throw error, default)];
        CnnCorrespondence found = Assert.Single(search.Between(pictures[0], pictures[1]));
        Assert.Equal(49, found.Matches.Length);
        Sheet sheet = found.Draw(DrawOptions.Default);
        Assert.Equal(3, sheet.Cells.Count);
        Assert.All(sheet.Cells, c => Assert.Equal(2 * found.Photo.Width + 8, c.Image.Width));
        PixelImage drawn = SheetRenderer.Render(found, DrawOptions.Default);
        Assert.True(drawn.Height > 3 * found.Photo.Height);
    }

    /// <summary>A picture of seeded noise of the network's size, so smooth that units differ.</summary>
    private string Picture(string name, int seed)
    {
        var random = new Random(seed);
        byte[] pixels = new byte[64 * 64 * 3];
        random.NextBytes(pixels);
        return _folder.Add(name, ImageCodec.Encode(new PixelImage(64, 64, pixels), ImageFormat.Png, 100));
    }

    public void Dispose() => _folder.Dispose();
}
