using System.Text;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Images;
using CnnVis.Engine.Reports;
using CnnVis.Engine.Tests.Pages;

namespace CnnVis.Engine.Tests.Reports;

public class ReportTests
{
    private const string Hostile = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)> & \"quoted\" 'ü漢' {{ 1 + 1 }}";

    [Fact]
    public void APageSaysItsDataAgain()
    {
        using var folder = new TempFolder();
        ReportDocument written = Write(folder["report.html"]);
        var (read, sources, alterations) = ReportPage.Read(folder["report.html"]);
        Assert.Empty(alterations);
        Assert.Equal(written.Entries.Count, read.Entries.Count);
        Assert.Equal(4, sources.Count);
        Assert.Equal(["heading", "text", "picture", "pair", "table"], read.Entries.Select(e => e.Kind));
        Assert.Equal([10.0, 9.0, 2.5], read.Entries[^1].Rows.Select(r => r[1].Number!.Value));
        Assert.Equal("Get-Thing", read.Entries[^1].Origin!.Command);
        Assert.Equal(7, read.Entries[^1].Origin!.Seed);
        Assert.Equal(ReportBuilder.HashOf(folder["photo.png"]), read.Entries[^1].Origin!.Images[0].Hash);
    }

    [Theory]
    [InlineData(">10<", ">11<", 5)] // what the page shows
    [InlineData("\"Number\":10", "\"Number\":11", 5)] // what its data say
    [InlineData("\"Text\":\"9\"", "\"Text\":\"8\"", 5)]
    [InlineData("Get-Thing", "Get-Other", 5)]
    [InlineData("a paragraph", "another", 2)]
    [InlineData("data:image/png;base64,iVBORw0KGgoAAAANSUhEUg", "data:image/png;base64,iVBORw0KGgoAAAANSUhEUh", 3)]
    [InlineData("Test-CnnReport runs them again", "all is well", 0)]
    public void WhatWasAlteredIsFound(string from, string to, int entry)
    {
        using var folder = new TempFolder();
        Write(folder["report.html"]);
        string html = File.ReadAllText(folder["report.html"]);
        int at = html.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(folder["report.html"], html[..at] + to + html[(at + from.Length)..]);
        Assert.Equal([entry], ReportPage.Read(folder["report.html"]).Alterations.Select(a => a.Entry).Distinct());
    }

    [Fact]
    public void ANumberThatIsWrittenOtherwiseInPageAndDataIsFound()
    {
        using var folder = new TempFolder();
        Write(folder["report.html"]);
        string html = File.ReadAllText(folder["report.html"]);
        File.WriteAllText(folder["report.html"], html.Replace(">10<", ">11<", StringComparison.Ordinal).Replace("\"Text\":\"10\"", "\"Text\":\"11\"", StringComparison.Ordinal));
        Assert.Equal([(5, "it says '11' of the number 10")], ReportPage.Read(folder["report.html"]).Alterations);
        Assert.All((object[])[0, -3, 1234567, 0.1, 1e-30, 1.5e300, float.Epsilon, double.NaN, Enumerable.Range(0, 99).Select(i => i / 7.0).ToArray(), "a 5"], value => Assert.True(ReportValues.Cell(value).SaysItsNumber));
    }

    [Fact]
    public void OtherFilesAreNoReports()
    {
        using var folder = new TempFolder();
        foreach (string text in (string[])["", "<html></html>", "<script id=\"report\" type=\"application/json\">{}</script>", "<script id=\"report\" type=\"application/json\">nothing</script>"])
            Assert.Equal(ErrorIds.ReportUnreadable, Assert.Throws<CnnVisException>(() => ReportPage.Read(folder.Add("other.html", Encoding.UTF8.GetBytes(text)))).ErrorId);
        Assert.Equal(ErrorIds.PathNotFound, Assert.Throws<CnnVisException>(() => ReportPage.Read(folder["nothing.html"])).ErrorId);
    }

    [Fact]
    public void PicturesShrinkUntilThePageIsSmallEnough()
    {
        var builder = new ReportBuilder(DrawOptions.Default);
        byte[] noise = new byte[900 * 700 * 3];
        new Random(1).NextBytes(noise);
        builder.Add(new PixelImage(900, 700, noise), [("Width", 900)], "noise");
        builder.Add(new PixelImage(8, 8, new byte[192]), [("Width", 8)], "black");
        var (document, sources) = ReportPage.Embed(builder.Build("t"), builder.Pictures, 200_000);
        Assert.InRange(sources.Sum(s => s.Length), 1, 201_000);
        Assert.StartsWith("data:image/png", sources[1], StringComparison.Ordinal);
        Assert.StartsWith("data:image/webp", sources[0], StringComparison.Ordinal);
        Assert.Equal(document.Entries[1].Pictures[0].Hash, ReportBuilder.Hash(builder.Pictures[1]));
    }

    [Fact]
    public void NumbersAreComparedByTolerance()
    {
        ReportEntry entry = new() { Number = 1, Kind = "table", Title = "t", Type = "T", Columns = ["Name", "Value", "Seconds", "Said"], Rows = [[new("a", null), new("1", 1), new("5", 5), new("cat 88.2 %", null)], [new("b", null), new("2", 2), new("5", 5), new("dog 1.0 %", null)]] };
        (string, IReadOnlyList<(string, object?)>) Result(string name, double value, string said) => ("T", [("Name", name), ("Value", value), ("Seconds", 9.0), ("Said", said)]);
        var (none, largest, match) = ReportComparison.Compare(entry, [Result("b", 2.001, "dog 1.1 %"), Result("a", 1.0001, "cat 88.2 %")], 0.001);
        Assert.Equal("", none);
        Assert.Equal(1, match); // the first row is about the second result
        Assert.InRange(largest, 0.0001, 0.001); // that of Seconds, which is not compared, would be 0.44
    }

    [Fact]
    public void WhatDiffersIsSaid()
    {
        ReportEntry entry = new() { Number = 1, Kind = "table", Title = "t", Type = "T", Columns = ["Name", "Value"], Rows = [[new("a", null), new("1", 1)]] };
        Assert.Equal("Value is 2, and the report says 1", ReportComparison.Compare(entry, [("T", [("Name", "a"), ("Value", 2.0)])], 0.001).Difference);
        Assert.Equal("Name is b, and the report says a", ReportComparison.Compare(entry, [("T", [("Name", "b"), ("Value", 1.0)])], 0.001).Difference);
        Assert.Equal("the report has a column Value, which does not come out", ReportComparison.Compare(entry, [("T", [("Name", "a"), ("Top", 1.0)])], 0.001).Difference);
        Assert.StartsWith("no T came out", ReportComparison.Compare(entry, [("U", [])], 0.001).Difference, StringComparison.Ordinal);
    }

    /// <summary>What is told beside the numbers: title, seed, captions and pictures.</summary>
    [Fact]
    public void WhatIsToldOtherwiseIsSaid()
    {
        using var folder = new TempFolder();
        var (document, pictures) = Build(folder);
        var (embedded, sources) = ReportPage.Embed(document, pictures, 10_000_000);
        ReportEntry pair = embedded.Entries[3], table = embedded.Entries[4];
        string Told(ReportEntry said, ReportEntry now) => ReportComparison.CompareTold(said, now, pictures, sources, 0.001);
        Assert.Equal("", Told(pair, pair));
        Assert.Equal("", Told(table, table));
        Assert.Equal("it is called 'a pair', and the report says 'two'", Told(pair with { Title = "two" }, pair));
        Assert.Equal("its seed is 7, and the report says 8", Told(table with { Origin = table.Origin! with { Seed = 8 } }, table));
        Assert.Equal("it has 3 pictures, and the report 1", Told(pair with { Pictures = [pair.Pictures[0]] }, pair));
        Assert.Equal("it is a pair, and the report says a picture", Told(pair with { Kind = "picture" }, pair));
        Assert.Equal("the caption is 'as it is', and the report says 'a cat'", Told(pair with { Pictures = [pair.Pictures[0], pair.Pictures[1], pair.Pictures[2] with { Caption = "a cat" }] }, pair));
    }

    /// <summary>A patch that hardly changes the mean is found, and so it is in a picture that was made smaller with loss; rounding and a digit of a label are no difference.</summary>
    [Fact]
    public void PicturesAreComparedAsTheyAreShown()
    {
        byte[] pixels = [.. Enumerable.Range(0, 900 * 700 * 3).Select(i => (byte)(128 + 100 * Math.Sin(i / 3 % 900 / 40.0) * Math.Cos(i / 2700 / 60.0)))];
        var image = new PixelImage(900, 700, pixels);
        PixelImage With(int side, int by)
        {
            byte[] changed = [.. pixels];
            for (int y = 320; y < 320 + side; y++)
                for (int i = 3 * (900 * y + 320); i < 3 * (900 * y + 320 + side); i++) changed[i] = (byte)Math.Clamp(changed[i] + by, 0, 255);
            return SheetRenderer.Render(new PixelImage(900, 700, changed).Draw(DrawOptions.Default));
        }
        foreach (long maximum in (long[])[10_000_000, 20_000])
        {
            var builder = new ReportBuilder(DrawOptions.Default);
            builder.Add(image, [], "a picture");
            string source = ReportPage.Embed(builder.Build("t"), builder.Pictures, maximum).Sources[0];
            Assert.StartsWith(maximum > 1_000_000 ? "data:image/png" : "data:image/webp", source, StringComparison.Ordinal);
            Assert.Equal("", ReportComparison.ComparePicture(With(0, 0), source));
            Assert.Equal("", ReportComparison.ComparePicture(With(380, 1), source));
            Assert.Equal("", ReportComparison.ComparePicture(With(8, 90), source));
            Assert.StartsWith("a part of the picture differs by", ReportComparison.ComparePicture(With(64, 90), source), StringComparison.Ordinal);
            Assert.StartsWith("the picture differs by", ReportComparison.ComparePicture(With(380, 90), source), StringComparison.Ordinal);
            Assert.StartsWith("the picture has", ReportComparison.ComparePicture(new PixelImage(64, 48, new byte[64 * 48 * 3]), source), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void MarkdownHoldsTheSameAndNoMarkupOfOthers()
    {
        using var folder = new TempFolder();
        var (document, _) = Build(folder);
        string text = ReportPage.Markdown(document, ["a/1.png", "a/2.png", "a/3.png", "a/4.png"]);
        Assert.Contains("![", text, StringComparison.Ordinal);
        Assert.Contains("(a/4.png)", text, StringComparison.Ordinal);
        Assert.Contains("| Name | Value |", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!\\)<\w", text.Replace(Hostile, "", StringComparison.Ordinal)); // the command line stands in code, where nothing is markup
        Assert.Contains(@"\<script\>", text, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task ThePageSortsEnlargesSlidesAndFitsAPhone()
    {
        using var folder = new TempFolder();
        string page = folder["a report #1.html"];
        Write(page);
        await using (Chromium browser = await Chromium.Start(1280, 900))
        {
            await browser.Open(page);
            Assert.Equal("0", await browser.Evaluate("[...document.images].filter(i => i.src && i.naturalWidth === 0).length"));
            Assert.Equal(Hostile, await browser.Evaluate("document.querySelector('#entry-5 tbody td').textContent"));
            Assert.Equal(Hostile, await browser.Evaluate("document.title"));
            Assert.Equal("10,9,2.5", await browser.Evaluate("[...document.querySelectorAll('#entry-5 td.number')].map(t => t.textContent)"));
            await browser.Call("Runtime.evaluate", new { expression = "document.querySelectorAll('#entry-5 th button')[1].click()" });
            Assert.Equal("2.5,9,10", await browser.Evaluate("[...document.querySelectorAll('#entry-5 td.number')].map(t => t.textContent)"));
            Assert.Equal("ascending", await browser.Evaluate("document.querySelectorAll('#entry-5 th')[1].getAttribute('aria-sort')"));
            await browser.Call("Runtime.evaluate", new { expression = "document.querySelector('.zoom').click()" });
            await browser.WaitFor("document.getElementById('large').open && document.getElementById('enlarged').naturalWidth > 0");
            await Shot(browser, "zoom-1280");
            await browser.Press("Escape");
            await browser.WaitFor("!document.getElementById('large').open");
            await browser.Call("Runtime.evaluate", new { expression = "document.querySelector('.slider input').value = 25; document.querySelector('.slider input').dispatchEvent(new Event('input'))" });
            Assert.Contains("25%", await browser.Evaluate("getComputedStyle(document.querySelector('.slider figure + figure img')).clipPath"), StringComparison.Ordinal);
            Assert.Empty(await browser.AccessibilityFindings());
            // On paper both pictures of a slider are whole, side by side, and none is cut by the end of a sheet (297 mm, at 96 pixels an inch, less margins).
            await browser.Media(isPrint: true);
            Assert.Equal("none,none", await browser.Evaluate("[...document.querySelectorAll('.slider img')].map(i => getComputedStyle(i).clipPath)"));
            Assert.Equal("true", await browser.Evaluate("[...document.querySelectorAll('.slider img')].map(i => i.getBoundingClientRect()).every((r, n, all) => n === 0 || r.left >= all[0].right)"));
            Assert.Equal("true", await browser.Evaluate("[...document.querySelectorAll('main img')].every(i => i.getBoundingClientRect().height <= 1000 && getComputedStyle(i.closest('figure')).breakInside === 'avoid')"));
            Assert.Empty(browser.Complaints);
        }
        await using (Chromium phone = await Chromium.Start(390, 844, isDark: true))
        {
            await phone.Open(page);
            Assert.Equal("true", await phone.Evaluate("document.documentElement.scrollWidth <= 390"));
            Assert.Equal("rgb(22, 24, 27)", await phone.Evaluate("getComputedStyle(document.documentElement).backgroundColor"));
            await Shot(phone, "phone-390");
            await phone.Call("Runtime.evaluate", new { expression = "for (const d of document.querySelectorAll('details')) d.open = true; document.querySelector('.zoom').click()" });
            Assert.Empty(await phone.AccessibilityFindings());
            Assert.Empty(phone.Complaints);
        }
    }

    private static async Task Shot(Chromium browser, string name)
    {
        if (Environment.GetEnvironmentVariable("CNNVIS_SCREENSHOTS") is { Length: > 0 } folder) File.WriteAllBytes(Path.Combine(folder, $"report-{name}.png"), await browser.Screenshot());
    }

    private static ReportDocument Write(string path)
    {
        using var folder = new TempFolder();
        var (document, pictures) = Build(folder, Path.GetDirectoryName(path));
        var (embedded, sources) = ReportPage.Embed(document, pictures, 10_000_000);
        File.WriteAllText(path, ReportPage.Html(embedded, sources));
        return embedded;
    }

    private static (ReportDocument Document, IReadOnlyList<byte[]> Pictures) Build(TempFolder folder, string? photos = null)
    {
        byte[] pixels = new byte[64 * 48 * 3];
        new Random(3).NextBytes(pixels);
        var image = new PixelImage(64, 48, pixels);
        string photo = Path.Join(photos ?? folder.Path, "photo.png");
        File.WriteAllBytes(photo, ImageCodec.Encode(image, ImageFormat.Png, 90));
        var builder = new ReportBuilder(DrawOptions.Default);
        builder.AddText("# A heading");
        builder.AddText("a paragraph & <b>markup</b>");
        builder.Add(image, [("Width", 64), ("Height", 48)], Hostile);
        builder.Add(new Pair(image), [("Class", Hostile)], "a pair");
        var provenance = new CnnProvenance { Command = "Get-Thing", Line = $"Get-Thing '{Hostile}'", Parameters = new Dictionary<string, object?> { ["Path"] = Hostile, ["Recurse"] = true }, IsRepeatable = true, HasInput = false, Seed = 7, Version = "1", Time = DateTimeOffset.UnixEpoch };
        foreach (double value in (double[])[10, 9, 2.5])
        {
            object row = new();
            CnnProvenance.Note(row, provenance);
            builder.Add(row, [("Name", Hostile), ("Value", value), ("Path", photo)], "rows");
        }
        return (builder.Build(Hostile), builder.Pictures);
    }

    private sealed class Pair(PixelImage image) : IVisual, IBeforeAfter
    {
        public (SheetCell Before, SheetCell After)? BeforeAfter => (new SheetCell(image, "as it was"), new SheetCell(image.Magnify(1), "as it is"));

        public Sheet Draw(DrawOptions options) => image.Draw(options);
    }
}
