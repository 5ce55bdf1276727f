using CnnVis.Engine.Drawing;

namespace CnnVis.Engine.Tests.Drawing;

public class SheetLayoutTests
{
    /// <summary>Every letter as wide as a broad one.</summary>
    private static double Measure(string text, TextStyle style) => text.Length * style.Size * 0.62;

    private static PixelImage Picture(int width, int height) => new(width, height, new byte[width * height * 3]);

    private static SheetLayout Maps(int count, int side, bool numbers = false) =>
        SheetLayout.Of(new Sheet { Title = "maps", Cells = [.. Enumerable.Range(0, count).Select(i => new SheetCell(Picture(side, side), numbers ? $"{i}" : ""))] }, Measure);

    [Fact]
    public void NothingOverlapsAndEverythingIsOnThePage()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Sheet sheet = Any(new Random(seed));
            SheetLayout layout = SheetLayout.Of(sheet, Measure);
            List<PixelBox> boxes = [.. layout.Cells.Select(c => c.Box), .. layout.Cells.Select(c => c.Caption).OfType<PlacedText>().Select(c => c.Box), .. layout.Texts.Select(t => t.Box)];
            foreach (PlacedBar bar in layout.ColorBars) boxes.AddRange([bar.Box, .. bar.Labels.Select(l => l.Box)]);
            boxes.AddRange(layout.Swatches.Select(s => s.Box));
            Assert.All(boxes, b => Assert.True(b.X >= 0 && b.Y >= 0 && b.X + b.Width <= layout.Width && b.Y + b.Height <= layout.Height, $"seed {seed}: {b} on {layout.Width}x{layout.Height}"));
            for (int i = 0; i < boxes.Count; i++)
                for (int j = 0; j < i; j++)
                    Assert.False(Overlap(boxes[i], boxes[j]), $"seed {seed}: {boxes[i]} and {boxes[j]}");
            Assert.All(layout.Cells.Zip(sheet.Cells), pair => Assert.Equal((pair.Second.Image.Width * layout.Scale, pair.Second.Image.Height * layout.Scale), (pair.First.Box.Width, pair.First.Box.Height)));
        }
    }

    [Fact]
    public void NoPictureIsWiderThanAskedFor()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            Sheet sheet = Any(random);
            if (random.Next(2) == 0) sheet = sheet with { RowLabels = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Words(random, 2))] };
            int most = random.Next(SheetRenderer.SmallestWidth, 1500);
            SheetLayout wide = SheetLayout.Of(sheet, Measure), narrow = SheetLayout.Of(sheet, Measure, most);
            Assert.True(narrow.Width <= most, $"seed {seed}: {narrow.Width} of {most}");
            if (wide.Width <= most) Assert.Equal(wide.Cells, narrow.Cells); // nothing changes where there is room
            List<PixelBox> boxes = [.. narrow.Cells.Select(c => c.Box), .. narrow.Cells.Select(c => c.Caption).OfType<PlacedText>().Select(c => c.Box), .. narrow.Texts.Select(t => t.Box)];
            Assert.All(boxes, b => Assert.True(b.X >= 0 && b.Y >= 0 && b.X + b.Width <= narrow.Width && b.Y + b.Height <= narrow.Height, $"seed {seed}: {b} on {narrow.Width}x{narrow.Height}"));
            for (int i = 0; i < boxes.Count; i++)
                for (int j = 0; j < i; j++)
                    Assert.False(Overlap(boxes[i], boxes[j]), $"seed {seed}: {boxes[i]} and {boxes[j]}");
        }
    }

    [Fact]
    public void RowsGoOnInFurtherLinesOfOneLength()
    {
        // Two rows of seven pictures of 100 pixels; there is room for four of them, and label.
        var sheet = new Sheet { Cells = [.. Enumerable.Range(0, 14).Select(i => new SheetCell(Picture(100, 100), $"{i}"))], Columns = 7, Scale = 2, RowLabels = ["a", "b"] };
        SheetLayout layout = SheetLayout.Of(sheet, Measure, 520);
        Assert.Equal(1, layout.Scale);
        Assert.Equal([4, 3, 4, 3], layout.Cells.GroupBy(c => c.Box.Y).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.Equal([layout.Cells[0].Box.Y, layout.Cells[7].Box.Y], layout.Texts.Select(t => t.Box.Y + (t.Box.Height + 1) / 2 - 50));
        Assert.Equal(layout.Cells[0].Box.X, layout.Cells[4].Box.X);
    }

    /// <summary>A note is there to be read: on a narrow sheet it takes as many lines as it needs, up to twelve, where titles take three.</summary>
    [Fact]
    public void NotesAreWhole()
    {
        string[] words = [.. Enumerable.Range(0, 24).Select(i => $"label{i:d2}")];
        string[] Written(Sheet sheet) => [.. SheetLayout.Of(sheet, Measure, 320).Texts.SelectMany(t => t.Text.Split(' '))];
        var sheet = new Sheet { Cells = [new SheetCell(Picture(100, 100))] };
        Assert.Equal(words, Written(sheet with { Notes = [string.Join(' ', words)] }));
        Assert.EndsWith("…", Written(sheet with { Title = string.Join(' ', words) })[^1], StringComparison.Ordinal);
        Assert.EndsWith("…", Written(sheet with { Notes = [string.Join(' ', Enumerable.Repeat(words, 9).SelectMany(w => w))] })[^1], StringComparison.Ordinal);
    }

    private static bool Overlap(PixelBox a, PixelBox b) => a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;

    private static Sheet Any(Random random)
    {
        int side = 1 << random.Next(7);
        bool mixed = random.Next(3) == 0, captions = random.Next(2) == 0;
        return new Sheet
        {
            Title = Words(random, random.Next(30)),
            Subtitle = Words(random, random.Next(30)),
            Columns = random.Next(2) == 0 ? null : random.Next(1, 20),
            Scale = random.Next(2) == 0 ? null : random.Next(1, 5),
            Cells = [.. Enumerable.Range(0, random.Next(1, 60)).Select(i => new SheetCell(Picture(mixed ? random.Next(1, 90) : side, mixed ? random.Next(1, 90) : side), captions ? Words(random, random.Next(9)) : ""))],
            ColorBar = random.Next(2) == 0 ? null : new ColorBar(ColorMap.Polar, -random.NextDouble(), Math.Pow(10, random.Next(-6, 6)), Words(random, random.Next(5))),
            FurtherColorBars = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new ColorBar(ColorMap.Gray, 0, random.NextDouble(), Words(random, random.Next(5))))],
            Legend = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new LegendEntry(Rgb.Black, Words(random, random.Next(1, 9))))],
            Notes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Words(random, random.Next(40)))],
        };
    }

    private static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => new string('m', random.Next(1, random.Next(2, 40)))));

    [Theory]
    [InlineData(64, 8)]
    [InlineData(96, 12)]
    [InlineData(256, 16)]
    [InlineData(1, 1)]
    [InlineData(384, 24)]
    public void SheetsAreAboutSquareWithFullRows(int count, int columns)
    {
        SheetLayout layout = Maps(count, 13);
        Assert.Equal(columns, layout.Cells.Select(c => c.Box.X).Distinct().Count());
    }

    [Theory]
    [InlineData(64, 32)]
    [InlineData(512, 7)]
    [InlineData(256, 13)]
    [InlineData(4096, 1)]
    public void SheetsAreComfortablyLarge(int count, int side)
    {
        SheetLayout layout = Maps(count, side);
        Assert.InRange(layout.Width, 700, 1600);
        Assert.InRange(layout.Height, 700, 1600);
    }

    [Fact]
    public void SmallThingsAreNotBlownUp()
    {
        Assert.InRange(Maps(1, 8).Cells[0].Box.Width, 64, 320);
        Assert.InRange(Maps(1, 1).Cells[0].Box.Width, 8, 16);
        Assert.InRange(Maps(4096, 1).Cells[0].Box.Width, 8, 16);
    }

    [Fact]
    public void NumbersAreShownWhole()
    {
        SheetLayout layout = Maps(1200, 1, numbers: true);
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => $"{i}"), layout.Cells.Select(c => c.Caption!.Text));
    }

    [Fact]
    public void LongCaptionsAreElidedToTheirColumn()
    {
        PlacedCell cell = SheetLayout.Of(new Sheet { Cells = [new SheetCell(Picture(120, 20), new string('n', 80))], Scale = 1 }, Measure).Cells[0];
        Assert.EndsWith("…", cell.Caption!.Text);
        Assert.InRange(cell.Caption.Box.Width, 100, 120);
    }

    [Fact]
    public void LongTitlesAreWrappedThenElided()
    {
        SheetLayout layout = SheetLayout.Of(new Sheet { Title = string.Join(' ', Enumerable.Repeat("title", 100)), Cells = [new SheetCell(Picture(10, 10))] }, Measure);
        Assert.Equal(3, layout.Texts.Count);
        Assert.All(layout.Texts.SkipLast(1), t => Assert.EndsWith("title", t.Text));
        Assert.EndsWith("…", layout.Texts[^1].Text);
    }

    [Fact]
    public void DivergingBarsShowZeroInTheMiddle()
    {
        PlacedBar bar = SheetLayout.Of(new Sheet { Cells = [new SheetCell(Picture(400, 9))], ColorBar = new ColorBar(ColorMap.Polar, -0.37, 0.37, "weight") }, Measure).ColorBars.Single();
        int zero = bar.Labels.Select((l, i) => (l, i)).Single(p => p.l.Text == "0").i;
        Assert.InRange(bar.Ticks[zero] - (bar.Box.X + bar.Box.Width / 2), -1, 1);
        Assert.Equal(["-0.37", "0.37"], [bar.Labels.MinBy(l => l.Box.X)!.Text, bar.Labels.MaxBy(l => l.Box.X)!.Text]);
    }

    [Fact]
    public void SheetsPastTheLimitAreRefusedBeforeAnythingIsAllocated()
    {
        var sheet = new Sheet { Cells = [.. Enumerable.Repeat(new SheetCell(Picture(100, 100)), 64)], Scale = 256 };
        long before = GC.GetAllocatedBytesForCurrentThread();
        CnnVisException error = Assert.Throws<CnnVisException>(() => SheetLayout.Of(sheet, Measure));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("-Limit", error.Message);
        Assert.Contains("-Magnification", error.Message);
    }

    [Fact]
    public void EmptySheetsAreRefused() =>
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<CnnVisException>(() => SheetLayout.Of(new Sheet { Cells = [] }, Measure)).ErrorId);
}
