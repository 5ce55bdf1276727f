using System.Text.Json;
using CnnVis.Engine.Images;
using CnnVis.Engine.Mapping;
using CnnVis.Engine.Mapping.DeepZoom;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tests.Pages;

namespace CnnVis.Engine.Tests.Mapping;

public class MapPageTests
{
    private const int Width = 900, Height = 700;

    private static readonly string[] _labels = ["cat </script>", "dog & \"puppy\"", "ü漢 'x'"];

    [ChromiumFact]
    public async Task ThePageOpensFromDiskAndShowsItsTilesPathsAndLabels()
    {
        using var folder = new TempFolder();
        string[] paths = OddPictures(folder, 12);
        TsneMap map = TestMaps.Random(12, paths: paths, labels: [.. paths.Select((_, i) => _labels[i % 3])]);
        string page = folder["pages ü #1 %20?&'/map <b>&amp; #2.html"];
        MapPlan plan = Write(map, page, new MapOptions { Layout = MapLayout.Grid, ThumbnailSize = 300, Columns = 4 });

        await using Chromium browser = await Chromium.Start(Width, Height);
        await browser.Call("Page.navigate", new { url = new Uri("file://" + string.Join('/', page.Split('/').Select(Uri.EscapeDataString))).AbsoluteUri });
        await browser.WaitFor("document.readyState === 'complete' && typeof cache !== 'undefined' && cache.size > 0 && [...cache.values()].every(i => i.complete)");
        Assert.Equal("0", await browser.Evaluate("[...cache.values()].filter(i => i.naturalWidth === 0).length"));
        await browser.Evaluate("document.getElementById('close').click()");

        PixelImage shown = ImageCodec.Decode(folder.Add("shot.png", await browser.Screenshot()), DecodeOptions.Default);
        foreach (MapItem item in plan.Items)
        {
            var (x, y) = await Place(browser, item);
            AssertNear(TestMaps.Color(item.Point), shown[x, y]);
            await browser.Mouse("mouseMoved", x, y);
            Assert.Equal(_labels[item.Point % 3], await browser.Evaluate("document.querySelector('#tip b').textContent"));
            Assert.Equal(paths[item.Point], await browser.Evaluate("document.querySelector('#tip span').textContent"));
            Assert.Equal("false", await browser.Evaluate("document.getElementById('tip').hidden"));
        }
        await browser.Mouse("mouseMoved", 1, Height - 1);
        Assert.Equal("true", await browser.Evaluate("document.getElementById('tip').hidden"));

        Assert.DoesNotContain(browser.Events, e => e.GetProperty("method").GetString() is "Runtime.exceptionThrown");
        Assert.DoesNotContain(browser.Events, e => e.GetProperty("method").GetString() is "Log.entryAdded" && e.GetProperty("params").GetProperty("entry").GetProperty("level").GetString() == "error");
        var requests = browser.Events.Where(e => e.GetProperty("method").GetString() == "Network.requestWillBeSent").Select(e => e.GetProperty("params").GetProperty("request").GetProperty("url").GetString()!);
        Assert.All(requests, url => Assert.StartsWith("file:///", url, StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task ItMovesZoomsAndFinds()
    {
        using var folder = new TempFolder();
        string[] paths = OddPictures(folder, 12);
        TsneMap map = TestMaps.Random(12, paths: paths, labels: [.. paths.Select((_, i) => _labels[i % 3])]);
        string page = folder["map.html"];
        MapPlan plan = Write(map, page, new MapOptions { Layout = MapLayout.Grid, ThumbnailSize = 300, Columns = 5, Background = PageBackground.Dark });
        await using Chromium browser = await Chromium.Start(Width, Height);
        await browser.Call("Page.navigate", new { url = new Uri(page).AbsoluteUri });
        await browser.WaitFor("document.readyState === 'complete' && typeof cache !== 'undefined' && cache.size > 0 && [...cache.values()].every(i => i.complete)");

        // A page is as dark as the tiles that are painted for it: around the map, and in a cell without an image.
        Assert.Equal("rgb(22, 22, 22)", await browser.Evaluate("getComputedStyle(document.body).backgroundColor"));
        Assert.Empty(await browser.AccessibilityFindings());
        MapItem empty = Enumerable.Range(0, 15).Select(cell => plan.Items[0] with { Box = plan.Items[0].Box with { X = cell % 5 * 300, Y = cell / 5 * 300 } }).First(cell => plan.Items.All(item => item.Box != cell.Box));
        await browser.Call("Runtime.evaluate", new { expression = "document.getElementById('close').click(); canvas.focus()" });
        PixelImage shown = ImageCodec.Decode(folder.Add("shot.png", await browser.Screenshot()), DecodeOptions.Default);
        var (x, y) = await Place(browser, empty);
        AssertNear(new Rgb(22, 22, 22), shown[x, y]);
        AssertNear(new Rgb(22, 22, 22), shown[Width - 1, Height - 1]);
        double before = await Number(browser, "zoom");
        await browser.Call("Input.dispatchMouseEvent", new { type = "mouseWheel", x = 600, y = 400, deltaX = 0, deltaY = -200 });
        await browser.WaitFor($"zoom > {before.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        double middle = await Number(browser, "middleX");
        await browser.Mouse("mouseMoved", 600, 400);
        await browser.Mouse("mousePressed", 600, 400);
        await browser.Call("Input.dispatchMouseEvent", new { type = "mouseMoved", x = 500, y = 400, button = "left", buttons = 1 });
        await browser.Mouse("mouseReleased", 500, 400);
        Assert.Equal(middle + 100 / await Number(browser, "zoom"), await Number(browser, "middleX"), 3);
        foreach (var (key, holds) in new[] { ("ArrowRight", "middleX > m"), ("+", "zoom > z"), ("ArrowLeft", "middleX < m"), ("-", "zoom < z"), ("0", "middleX === data.width / 2") })
        {
            await browser.Call("Runtime.evaluate", new { expression = "var m = middleX, z = zoom" });
            await browser.Call("Input.dispatchKeyEvent", new { type = "keyDown", key, text = key.Length == 1 ? key : "" });
            await browser.Call("Input.dispatchKeyEvent", new { type = "keyUp", key });
            await browser.WaitFor(holds);
        }

        await browser.Call("Runtime.evaluate", new { expression = "search.value = 'DOG &'; search.dispatchEvent(new Event('input'))" });
        Assert.Equal("4 found", await browser.Evaluate("document.getElementById('found').textContent"));
        Assert.Equal(plan.Items.Select((item, i) => (item, i)).Where(p => p.item.Point % 3 == 1).Select(p => p.i), JsonSerializer.Deserialize<int[]>(await browser.Evaluate("JSON.stringify(marked)"))!);
        await browser.Call("Runtime.evaluate", new { expression = "next(1)" });
        Assert.StartsWith("1 of 4: ", await browser.Evaluate("document.getElementById('found').textContent"), StringComparison.Ordinal);
        Assert.Equal("3", await browser.Evaluate("document.getElementById('legend').children.length"));
        await browser.Call("Runtime.evaluate", new { expression = "document.getElementById('legend').children[2].click()" });
        Assert.Equal("4", await browser.Evaluate("marked.length"));
        Assert.DoesNotContain(browser.Events, e => e.GetProperty("method").GetString() is "Runtime.exceptionThrown");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(256, 256)]
    [InlineData(257, 513)]
    [InlineData(700, 300)]
    public void APyramidHasEachTileOfEachLevel(int width, int height)
    {
        using var folder = new TempFolder();
        using (var target = new AtomicFolder(folder["p"], overwrite: false))
        {
            var pyramid = new TilePyramid(target, width, height, 90);
            byte[] row = new byte[width * 3];
            row.AsSpan().Fill(120);
            for (int y = 0; y < height; y++) pyramid.Write(row, CancellationToken.None);
            target.Place();
            target.Commit();
        }
        int levels = TilePyramid.Levels(width, height), files = 0;
        for (int level = levels - 1; level >= 0; level--, width = (width + 1) / 2, height = (height + 1) / 2)
        {
            for (int top = 0, y = 0; top < height; top += 256, y++)
            {
                for (int left = 0, x = 0; left < width; left += 256, x++, files++)
                {
                    PixelImage tile = ImageCodec.Decode(folder[$"p/{level}/{x}_{y}.jpg"], DecodeOptions.Default);
                    Assert.Equal((Math.Min(256, width - left), Math.Min(256, height - top)), (tile.Width, tile.Height));
                    AssertNear(new Rgb(120, 120, 120), tile[tile.Width - 1, tile.Height - 1]);
                }
            }
        }
        Assert.Equal(files, Directory.GetFiles(folder["p"], "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void AFolderTakesItsNameWholeOrNotAtAll()
    {
        using var folder = new TempFolder();
        folder.Add("tiles/old.txt", "old"u8);
        using (var given = new AtomicFolder(folder["tiles"], overwrite: true))
        {
            given.Add("0/new.txt", "new"u8);
            Assert.True(File.Exists(folder["tiles/old.txt"]));
            given.Place();
            Assert.False(File.Exists(folder["tiles/old.txt"]));
        } // not committed
        Assert.Equal([folder["tiles"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal([folder["tiles/old.txt"]], Directory.GetFileSystemEntries(folder["tiles"]));
        using (var kept = new AtomicFolder(folder["tiles"], overwrite: true))
        {
            kept.Add("0/new.txt", "new"u8);
            kept.Place();
            kept.Commit();
        }
        Assert.Equal([folder["tiles"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal([folder["tiles/0"]], Directory.GetFileSystemEntries(folder["tiles"]));
        Assert.Equal(ErrorIds.FileExists, Assert.Throws<CnnVisException>(() => new AtomicFolder(folder["tiles"], overwrite: false)).ErrorId);
        folder.Add("file", "x"u8);
        Assert.Equal(ErrorIds.WriteFailed, Assert.Throws<CnnVisException>(() => new AtomicFolder(folder["file"], overwrite: true)).ErrorId);
    }

    private static MapPlan Write(TsneMap map, string page, MapOptions options)
    {
        string tiles = MapPage.Folder(page);
        using var folder = new AtomicFolder(tiles, overwrite: false);
        using var stream = new MemoryStream();
        MapPlan plan = MapPage.Write(map, options, true, stream, folder, Path.GetFileName(tiles), 95, e => throw e);
        File.WriteAllBytes(page, stream.ToArray());
        folder.Commit();
        return plan;
    }

    /// <summary>Pictures whose names would do harm if they were taken for markup, script or addresses.</summary>
    private static string[] OddPictures(TempFolder folder, int count) => [.. TestMaps.Pictures(folder, count).Select((path, i) =>
    {
        string odd = folder[$"{i} <b>&amp;\"'`${{x}}</ü漢 %41 #.png"];
        Directory.CreateDirectory(Path.GetDirectoryName(odd)!);
        File.Move(path, odd);
        return odd;
    })];

    private static async Task<(int X, int Y)> Place(Chromium browser, MapItem item)
    {
        double zoom = await Number(browser, "zoom"), middleX = await Number(browser, "middleX"), middleY = await Number(browser, "middleY");
        return ((int)(Width / 2.0 + (item.Box.X + item.Box.Width / 2.0 - middleX) * zoom), (int)(Height / 2.0 + (item.Box.Y + item.Box.Height / 2.0 - middleY) * zoom));
    }

    private static async Task<double> Number(Chromium browser, string expression) => double.Parse(await browser.Evaluate(expression), System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertNear(Rgb expected, Rgb found) =>
        Assert.True(Math.Abs(expected.R - found.R) < 8 && Math.Abs(expected.G - found.G) < 8 && Math.Abs(expected.B - found.B) < 8, $"{expected} and {found}");
}
