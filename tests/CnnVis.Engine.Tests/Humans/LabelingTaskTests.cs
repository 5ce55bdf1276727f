using System.Text;
using System.Text.Json;
using CnnVis.Engine.Humans;
using CnnVis.Engine.Humans.Labeling;
using CnnVis.Engine.Images;
using CnnVis.Engine.Tests.Pages;

namespace CnnVis.Engine.Tests.Humans;

public class LabelingTaskTests
{
    private const string Ready = "document.documentElement.dataset.ready === 'yes'";

    private static readonly string[] _labels = ["ant", "bee & \"wasp\"", "cat </script><b>", "dog", "dogfish"];

    [Fact]
    public void ThePageHoldsWhatWasAskedForAndNoPaths()
    {
        using var folder = new TempFolder();
        LabelingRequest request = Request(folder) with { Count = 6, TrainingCount = 2, ExamplesPerClass = 2 };
        (JsonElement data, IReadOnlyList<string> notes) = Make(request, folder["task.html"]);
        JsonElement[] items = [.. data.GetProperty("items").EnumerateArray()];
        Assert.Equal(8, items.Length);
        Assert.Equal([true, true, false], items.Take(3).Select(i => i.GetProperty("training").GetBoolean()));
        Assert.Equal(_labels, data.GetProperty("classes").EnumerateArray().Select(c => c.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(items, i => Assert.Matches(@"^\d/\d+\.png$", i.GetProperty("image").GetString()!));
        Assert.All(items, i => Assert.Equal(request.Pictures.Single(p => p.Path.EndsWith('/' + i.GetProperty("image").GetString()!, StringComparison.Ordinal)).Label, data.GetProperty("classes")[i.GetProperty("truth").GetInt32()].GetProperty("name").GetString()));
        Assert.DoesNotContain(folder.Path, File.ReadAllText(folder["task.html"]), StringComparison.Ordinal);
        Assert.All(data.GetProperty("classes").EnumerateArray(), c => Assert.InRange(c.GetProperty("examples").GetInt32(), 1, 2));
        Assert.Empty(notes);
        Assert.Equal(data.ToString(), Make(request, folder["again.html"]).Data.ToString());
        Assert.NotEqual(data.GetProperty("id").ToString(), Make(request with { Seed = 1 }, folder["other.html"]).Data.GetProperty("id").ToString());
    }

    [Fact]
    public void SizeIsKeptAndWhatIsMissingIsTold()
    {
        using var folder = new TempFolder();
        LabelingRequest request = Request(folder);
        var (data, notes) = Make(request with { Count = 500 }, folder["all.html"]);
        Assert.Equal(request.Pictures.Count, data.GetProperty("items").GetArrayLength());
        Assert.Equal(2, notes.Count); // fewer pictures, and none left for examples
        Make(request with { Count = 5, TrainingCount = 0, MaximumBytes = 240_000, ThumbnailSide = 256 }, folder["small.html"]);
        Assert.InRange(new FileInfo(folder["small.html"]).Length, 1, 240_000);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => Make(request with { MaximumBytes = 100_000 }, folder["none.html"])).ErrorId);
        Assert.Contains("nothing to choose", Assert.Throws<CnnVisException>(() => Make(request with { Pictures = [.. request.Pictures.Select(p => (p.Path, "ant"))], Examples = [] }, folder["one.html"])).Message, StringComparison.Ordinal);
        List<CnnVisException> errors = [];
        string broken = folder.Add("0/broken.png", "no picture"u8);
        Make(request with { Pictures = [.. request.Pictures, (broken, "ant")], Count = 500 }, folder["broken.html"], errors.Add);
        Assert.Equal(ErrorIds.ImageUnreadable, Assert.Single(errors).ErrorId);
    }

    [Fact]
    public void ClassesComeInTheOrderOfTheirTree()
    {
        using var folder = new TempFolder();
        ClassTree edges = ClassTree.Read(folder.Add("tree.csv", "class,parent\nanimal,\nfish,animal\nmammal,animal\ndogfish,fish\ncat,mammal\ndog,mammal\n"u8), e => throw e);
        Assert.Equal([("dogfish", "fish"), ("cat", "mammal"), ("dog", "mammal"), ("ant", ""), ("zebra", "")], edges.Order(["zebra", "cat", "dog", "ant", "dogfish"]));
        ClassTree paths = ClassTree.Read(folder.Add("paths.tsv", "class\tpath\ncat\tanimal/mammal\nant\tinsect\n"u8), e => throw e);
        Assert.Equal([("cat", "animal › mammal"), ("ant", "insect")], paths.Order(["ant", "cat"]));
        Assert.Contains("ancestor", Assert.Throws<CnnVisException>(() => ClassTree.Read(folder.Add("circle.csv", "class,parent\na,b\nb,a\n"u8), e => throw e)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClustersPutSimilarClassesTogether()
    {
        var random = new Random(2);
        float[][] vectors = [.. Enumerable.Range(0, 40).Select(i => Enumerable.Range(0, 8).Select(d => (d == i % 4 ? 10f : 0) + random.NextSingle()).ToArray())];
        int[] order = ClassClusters.Order(vectors, default);
        Assert.Equal(Enumerable.Range(0, 40), order.Order());
        Assert.Equal(4, order.Chunk(10).Count(c => c.Select(i => i % 4).Distinct().Count() == 1));
    }

    /// <summary>A whole study by keyboard alone, with a kill and a resumption, read by the comparison.</summary>
    [ChromiumFact]
    public async Task AStudyIsMadeByKeyboardKilledResumedAndRead()
    {
        using var folder = new TempFolder();
        Make(Request(folder) with { Title = "Beasts & <b>", Count = 4, TrainingCount = 1, Guesses = 2 }, folder["a task #1.html"]);
        string[] names = [];
        await using (Chromium browser = await Chromium.Start(1280, 900, folder["profile"]))
        {
            await browser.Open(folder["a task #1.html"], Ready);
            Assert.Equal("labeler", await browser.Evaluate("document.activeElement.id"));
            Assert.Empty(await browser.AccessibilityFindings());
            await browser.Type("Anna </b>");
            await browser.Press("Enter");
            await browser.WaitFor("!byId('label').hidden");
            Assert.Equal("search", await browser.Evaluate("document.activeElement.id"));
            names = JsonSerializer.Deserialize<string[]>(await browser.Evaluate("JSON.stringify(task.items.map(i => labels[i.truth]))"))!;

            // Training: the answer is shown at once, and cannot be undone.
            await Guess(browser, "dog"); // and not the dogfish
            Assert.Equal("dog", await browser.Evaluate("labels[guesses[0]]"));
            await browser.Press("Backspace");
            Assert.Equal("0", await browser.Evaluate("guesses.length"));
            await Guess(browser, names[0]);
            await browser.Press("Enter", control: true);
            await browser.WaitFor("byId('verdict').textContent.startsWith('Right')");
            Assert.Empty(await browser.AccessibilityFindings());
            Assert.Equal("true", await browser.Evaluate("byId('undo').disabled"));
            await Shot(browser, "training-1280");
            await browser.Press("n");

            // The first that counts: answered wrongly, undone, answered rightly by the arrow keys.
            await browser.WaitFor("answered === null && byId('place').textContent === 'Picture 1 of 4'");
            await browser.Press("Enter", control: true);
            await browser.WaitFor("answered !== null");
            await browser.Press("u");
            await browser.WaitFor("answered === null && state.answers.length === 1");
            int place = int.Parse(await browser.Evaluate("task.items[1].truth"), System.Globalization.CultureInfo.InvariantCulture);
            for (int i = 0; i <= place; i++) await browser.Press("ArrowDown");
            await browser.Press("Enter");
            Assert.Equal(names[1], await browser.Evaluate("labels[guesses[0]]"));
            await browser.Press("Enter", control: true);
            await browser.WaitFor("answered !== null");
            Assert.Equal("next", await browser.Evaluate("document.activeElement.id"));
            await browser.Press("a");
            Assert.Equal("true", await browser.Evaluate("byId('undo').disabled"));
            await browser.Press("Enter");
            await browser.WaitFor("answered === null");

            // The second: one guess is taken, and then the browser is killed.
            await Guess(browser, _labels[0]);
            await browser.Evaluate("seconds = 42.5, save().then(() => window.kept = true)");
            await browser.WaitFor("window.kept === true");
            Assert.Empty(browser.Complaints);
            browser.Kill();
        }
        await using (Chromium browser = await Chromium.Start(1280, 900, folder["profile"]))
        {
            await browser.Open(folder["a task #1.html"], Ready);
            await browser.WaitFor("!byId('label').hidden && byId('place').textContent === 'Picture 2 of 4'");
            Assert.Equal(("Anna </b>", "1", "true"), (await browser.Evaluate("state.labeler"), await browser.Evaluate("guesses.length"), await browser.Evaluate("seconds >= 42.5 && seconds < 60")));
            await browser.Press("Enter", control: true);
            await browser.WaitFor("answered !== null");
            await browser.Press("n");
            // The clock stands still while it is paused.
            await browser.Evaluate("byId('pause').click()");
            double before = double.Parse(await browser.Evaluate("seconds"), System.Globalization.CultureInfo.InvariantCulture);
            await Task.Delay(600);
            Assert.Equal(before, double.Parse(await browser.Evaluate("seconds"), System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal("true", await browser.Evaluate("byId('picture').hidden && byId('search').disabled"));
            await browser.Evaluate("byId('pause').click()");
            foreach (int i in (int[])[3, 4])
            {
                if (i == 3) await Guess(browser, names[3]);
                await browser.Press("Enter", control: true);
                await browser.WaitFor("answered !== null");
                await browser.Press("n");
            }
            await browser.WaitFor("!byId('done').hidden");
            await browser.Evaluate("byId('review-done').click()");
            await browser.WaitFor("document.querySelectorAll('.error').length > 0");
            await browser.Evaluate("document.querySelector('.error input').click()");
            await Shot(browser, "review-1280");
            string json = await browser.Evaluate("exported()");
            string file = folder.Add("anna.json", Encoding.UTF8.GetBytes(json));
            Assert.Empty(browser.Complaints);

            var (answers, tags) = AnswerFiles.Read(file, e => throw e);
            Assert.Equal(5, answers.Count);
            HumanComparison found = LabelerComparison.Compare("", answers, tags, new ComparisonOptions { Samples = 100 });
            LabelerScore anna = Assert.Single(found.Labelers);
            Assert.Equal(("Anna </b>", 4, 1, 1), (anna.Labeler, anna.Count, anna.TrainingCount, anna.Unanswered));
            Assert.Equal(2 + (names[2] == _labels[0] ? 1 : 0), anna.Top1.Count);
            Assert.Equal(2, found.Top);
            Assert.True(answers[2].Seconds >= 42.5);
            Assert.Equal(("several objects", "Anna </b>"), (tags[0].Types[0], tags[0].Tagger));
        }
        // Another machine: a profile of its own, the exported file, and a second annotator.
        await using (Chromium browser = await Chromium.Start(390, 844, isDark: true))
        {
            await browser.Open(folder["a task #1.html"], Ready);
            string json = File.ReadAllText(folder["anna.json"]);
            await browser.Call("Runtime.evaluate", new { expression = $"importFile(new File([{JsonSerializer.Serialize(json)}], 'anna.json'))" });
            await browser.WaitFor("!byId('done').hidden && state.labeler === 'Anna </b>'");
            await browser.Call("Runtime.evaluate", new { expression = "byId('leave').click()" });
            await browser.WaitFor("!byId('start').hidden");
            await browser.Call("Runtime.evaluate", new { expression = $"byId('labeler').value = 'Ben'; importFile(new File([{JsonSerializer.Serialize(json)}], 'anna.json'))" });
            await browser.WaitFor("!byId('review').hidden");
            Assert.Equal("Anna </b>", await browser.Evaluate("byId('whose').value"));
            await browser.Call("Runtime.evaluate", new { expression = "document.querySelectorAll('.error input')[0].click()" });
            Assert.Equal("Ben", await browser.Evaluate("state.tags.at(-1).tagger"));
            await Shot(browser, "review-390");
            Assert.Empty(await browser.AccessibilityFindings());
            await browser.Call("Runtime.evaluate", new { expression = "byId('leave-review').click()" });
            await browser.WaitFor("!byId('label').hidden");
            Assert.Equal("true", await browser.Evaluate("document.documentElement.scrollWidth <= 390 && byId('search').getBoundingClientRect().right <= 390 && byId('frame').getBoundingClientRect().right <= 390 && byId('answer').getBoundingClientRect().bottom <= 844"));
            await Shot(browser, "label-390");
            Assert.Empty(await browser.AccessibilityFindings());
            await browser.Call("Runtime.evaluate", new { expression = "importFile(new File(['{}'], 'x.json'))" });
            await browser.WaitFor("!byId('message').hidden");
            Assert.Contains("cannot be taken", await browser.Evaluate("byId('message').textContent"), StringComparison.Ordinal);
            Assert.Empty(browser.Complaints);
        }
    }

    private static async Task Guess(Chromium browser, string name)
    {
        await browser.Type(name);
        await browser.Press("Enter");
    }

    /// <summary>Screenshots for whoever wants to look, in the folder that CNNVIS_SCREENSHOTS names.</summary>
    private static async Task Shot(Chromium browser, string name)
    {
        if (Environment.GetEnvironmentVariable("CNNVIS_SCREENSHOTS") is { Length: > 0 } folder) File.WriteAllBytes(Path.Combine(folder, $"labeling-{name}.png"), await browser.Screenshot());
    }

    /// <summary>Six noisy pictures a class, each class of its own colour.</summary>
    private static LabelingRequest Request(TempFolder folder)
    {
        var random = new Random(1);
        List<(string, string)> pictures = [];
        for (int i = 0; i < 30; i++)
        {
            byte[] pixels = new byte[40 * 32 * 3];
            random.NextBytes(pixels);
            for (int p = i / 6 % 3; p < pixels.Length; p += 3) pixels[p] = (byte)(255 - 20 * (i / 6));
            pictures.Add((folder.Add($"{i / 6}/{i}.png", ImageCodec.Encode(new PixelImage(40, 32, pixels), ImageFormat.Png, 90)), _labels[i / 6]));
        }
        return new LabelingRequest { Title = "Beasts", Pictures = pictures, Examples = pictures, TrainingCount = 2 };
    }

    private static (JsonElement Data, IReadOnlyList<string> Notes) Make(LabelingRequest request, string path, Action<CnnVisException>? report = null)
    {
        using var stream = new MemoryStream();
        IReadOnlyList<string> notes = LabelingTask.Write(request, stream, report ?? (e => throw e), (_, _) => { });
        File.WriteAllBytes(path, stream.ToArray());
        string html = Encoding.UTF8.GetString(stream.ToArray());
        const string Start = "<script id=\"data\" type=\"application/json\">";
        int from = html.IndexOf(Start, StringComparison.Ordinal) + Start.Length, to = html.IndexOf("</script>", from, StringComparison.Ordinal);
        return (JsonDocument.Parse(html[from..to]).RootElement, notes);
    }
}
