using CnnVis.Engine.Images;
using CnnVis.Engine.Mapping;

namespace CnnVis.Engine.Tests.Mapping;

public class MapPictureTests
{
    private static readonly MapOptions _grid = new() { Layout = MapLayout.Grid, ThumbnailSize = 24, Coloring = MapColoring.None };

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public void EachCellShowsItsImage(ImageFormat format)
    {
        using var folder = new TempFolder();
        TsneMap map = TestMaps.Random(150, paths: TestMaps.Pictures(folder, 150)); // more rows than a strip has
        PixelImage picture = Draw(folder, map, _grid with { Columns = 5 }, out MapPlan plan, format);
        Assert.Equal((5 * 24, 30 * 24), (picture.Width, picture.Height));
        foreach (MapItem item in plan.Items)
            for (int corner = 0; corner < 4; corner++)
                Assert.Equal(TestMaps.Color(item.Point), picture[item.Box.X + corner % 2 * 23, item.Box.Y + corner / 2 * 23]);
    }

    [Fact]
    public void LaterImagesLieOverEarlierOnes()
    {
        using var folder = new TempFolder();
        TsneMap map = TestMaps.Of([[0, 0], [1, 0], [0.95f, 0]], paths: TestMaps.Pictures(folder, 3));
        PixelImage picture = Draw(folder, map, new MapOptions { Size = 124, ThumbnailSize = 24, Coloring = MapColoring.None }, out MapPlan plan);
        Assert.Equal(TestMaps.Color(2), picture[plan.Items[1].Box.X, 12]);
        Assert.Equal(TestMaps.Color(1), picture[123, 12]);
        Assert.Equal(TestMaps.Color(0), picture[0, 12]);
        Assert.Equal(Rgb.White, picture[60, 12]);
    }

    [Fact]
    public void AScatterKeepsTheShapeOfImagesAndAGridCutsThem()
    {
        using var folder = new TempFolder();
        TsneMap map = TestMaps.Of([[0, 0]], paths: TestMaps.Pictures(folder, 1, width: 40, height: 10));
        PixelImage scatter = Draw(folder, map, new MapOptions { Size = 24, ThumbnailSize = 24, Coloring = MapColoring.None }, out _);
        Assert.Equal(6, Enumerable.Range(0, 24).Count(y => scatter[12, y] == TestMaps.Color(0)));
        Assert.Equal(24, Enumerable.Range(0, 24).Count(x => scatter[x, 12] == TestMaps.Color(0)));
        PixelImage grid = Draw(folder, map, _grid, out _);
        Assert.Equal(TestMaps.Color(0), grid[0, 0]);
    }

    [Fact]
    public void ATileShowsThatPartOfItsPhoto()
    {
        using var folder = new TempFolder();
        byte[] pixels = new byte[20 * 10 * 3];
        for (int p = 0; p < 200; p++) pixels[3 * p + (p % 20 < 10 ? 0 : 2)] = 255; // red, blue
        string photo = folder.Add("photo.png", ImageCodec.Encode(new PixelImage(20, 10, pixels), ImageFormat.Png, 90));
        PixelBox[] tiles = [new(0, 0, 10, 10), new(10, 0, 10, 10), new(30, 0, 5, 5)];
        TsneMap map = TestMaps.Of([[0, 0], [1, 0], [2, 0]]);
        map = new TsneMap { Points = map.Points.ToArray().Select((p, i) => p with { Code = p.Code with { Path = photo, Tile = tiles[i] } }).ToArray(), Dimension = 2, Perplexity = 1, Iterations = 1, Divergence = 0 };
        List<CnnVisException> errors = [];
        PixelImage picture = Draw(folder, map, _grid with { Columns = 3 }, out _, errors: errors);
        Assert.Equal((new Rgb(255, 0, 0), new Rgb(0, 0, 255)), (picture[0, 12], picture[47, 12]));
        Assert.Contains("lies outside", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FramesHaveTheLabelsColourAndWhatCannotBeReadIsAnEmptyFrame()
    {
        using var folder = new TempFolder();
        string[] paths = [TestMaps.Pictures(folder, 1)[0], folder["none.png"], folder.Add("bad.jpg", "not a picture"u8)];
        string[] labels = ["one", "two", "one"];
        TsneMap map = TestMaps.Of([[0, 0], [1, 0], [2, 0]], paths: paths, labels: labels);
        List<CnnVisException> errors = [];
        PixelImage picture = Draw(folder, map, _grid with { Columns = 3, Coloring = MapColoring.Label }, out _, errors: errors);
        LabelColors colors = LabelColors.Of(labels);
        for (int i = 0; i < 3; i++) Assert.Equal(colors[labels[i]], picture[24 * i, 10]);
        Assert.Equal((TestMaps.Color(0), Rgb.White, Rgb.White), (picture[12, 12], picture[36, 12], picture[60, 12]));
        Assert.Equal([ErrorIds.PathNotFound, ErrorIds.ImageUnreadable], errors.Select(e => e.ErrorId));
        Assert.Equal(paths[1..], errors.Select(e => e.Target));
    }

    [Fact]
    public void InkIsProportionalToDistance()
    {
        using var folder = new TempFolder();
        float[][] places = [[0, 0], [1, 0], [2, 0], [3, 0]], codes = [[0], [1], [4], [14]]; // distances 1, 3, 10
        PixelImage picture = Draw(folder, TestMaps.Of(places, codes, TestMaps.Pictures(folder, 4)), _grid with { Columns = 4, ThumbnailSize = 48, Seams = true }, out MapPlan plan);
        double[] ink = [.. plan.Seams.Select(s => Enumerable.Range(s.Room.X, s.Room.Width).Sum(x => 255 - picture[x, 24].R) / (255.0 - PageColors.Of(PageBackground.Light).Title.R))];
        Assert.Equal(8, plan.SeamRoom);
        Assert.Equal([0.8, 2.4, 8], ink, (a, b) => Math.Abs(a - b) < 0.03);
    }

    [Fact]
    public void ALegendStandsBelowTheMap()
    {
        using var folder = new TempFolder();
        TsneMap map = TestMaps.Random(9, paths: TestMaps.Pictures(folder, 9), labels: [.. Enumerable.Range(0, 9).Select(i => $"label {i % 3}")]);
        PixelImage bare = Draw(folder, map, _grid, out MapPlan plan), whole = Draw(folder, map, _grid with { Coloring = MapColoring.Label }, out _, hasLegend: true);
        Assert.Equal((plan.Width, plan.Height), (bare.Width, bare.Height));
        Assert.Equal(360, whole.Width); // the narrowest caption and margins
        foreach (Rgb color in new[] { "label 0", "label 1", "label 2" }.Select(l => LabelColors.Of(map.Points.ToArray().Select(p => p.Label))[l]))
            Assert.Contains(color, Enumerable.Range(0, whole.Width * (whole.Height - plan.Height - 20)).Select(i => whole[i % whole.Width, plan.Height + 20 + i / whole.Width]));
    }

    [Fact]
    public void PngHoldsThePixelsItWasGiven()
    {
        var random = new Random(3);
        foreach (var (width, height) in new[] { (1, 1), (3, 7), (301, 57), (64, 300) })
        {
            byte[] pixels = new byte[width * height * 3];
            random.NextBytes(pixels);
            for (int i = 0; i < pixels.Length / 2; i++) pixels[i] = (byte)(i / 7); // smooth, then noise
            using var stream = new MemoryStream();
            using (RowEncoder encoder = RowEncoder.Begin(stream, width, height, ImageFormat.Png, 90))
            {
                encoder.Write(pixels.AsSpan(0, width * 3));
                encoder.Write(pixels.AsSpan(width * 3));
                encoder.Finish();
            }
            using var folder = new TempFolder();
            PixelImage read = ImageCodec.Decode(folder.Add("p.png", stream.ToArray()), DecodeOptions.Default);
            Assert.Equal((width, height), (read.Width, read.Height));
            Assert.True(read.Pixels.SequenceEqual(pixels));
        }
    }

    [Fact]
    public void ItStopsWhenToldTo()
    {
        using var folder = new TempFolder();
        TsneMap map = TestMaps.Random(9, paths: TestMaps.Pictures(folder, 9));
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => MapPicture.Write(map, _grid, false, Stream.Null, ImageFormat.Png, 90, _ => { }, _ => stop.Cancel(), stop.Token));
    }

    private static PixelImage Draw(TempFolder folder, TsneMap map, MapOptions options, out MapPlan plan, ImageFormat format = ImageFormat.Png, bool hasLegend = false, List<CnnVisException>? errors = null)
    {
        using var stream = new MemoryStream();
        plan = MapPicture.Write(map, options, hasLegend, stream, format, 100, e => (errors ?? throw e).Add(e));
        return ImageCodec.Decode(folder.Add($"map.{format}", stream.ToArray()), DecodeOptions.Default);
    }
}
