namespace CnnVis;

/// <summary>What a network says of pictures of each class.</summary>
public sealed record ConfusionMatrix : IVisual
{
    private const int MostNamed = 150, MarkHeight = 12;

    /// <summary>The classes that were shown or said, by output index.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Pictures by what they show (row; the first of their labels, or the one that was said of them) and what the network says (column).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }

    /// <summary>Places of the classes in the order in which classes that are mistaken for each other lie side by side (average linkage).</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>The pairs that are mistaken most often, without those that never are.</summary>
    public IReadOnlyList<Confusion> Confusions => [.. Enumerable.Range(0, Classes.Count).SelectMany(t => Enumerable.Range(0, Classes.Count).Where(p => p != t && Counts[t][p] > 0)
        .Select(p => new Confusion(Classes[t], Classes[p], Counts[t][p], (double)Counts[t][p] / Counts[t].Sum())))
        .OrderByDescending(c => c.Count).ThenBy(c => c.Class, StringComparer.Ordinal).ThenBy(c => c.Predicted, StringComparer.Ordinal)];

    /// <summary>Share of each class' pictures by what is said of them, a row a class.</summary>
    public Sheet Draw(DrawOptions options)
    {
        int count = Classes.Count;
        int[] order = options.Order == CellOrder.Channel ? [.. Enumerable.Range(0, count)] : [.. Order];
        ColorMap map = options.ColorMap ?? ColorMap.Viridis;
        byte[] pixels = new byte[count * count * 3];
        for (int y = 0; y < count; y++)
        {
            IReadOnlyList<int> row = Counts[order[y]];
            int sum = row.Sum();
            for (int x = 0; x < count; x++)
            {
                Rgb color = sum == 0 ? options.Page.Shown(new Rgb(224, 224, 224)) : map[Math.Sqrt((double)row[order[x]] / sum)];
                (pixels[(y * count + x) * 3], pixels[(y * count + x) * 3 + 1], pixels[(y * count + x) * 3 + 2]) = (color.R, color.G, color.B);
            }
        }
        bool named = count <= MostNamed;
        int cell = Math.Max(MarkHeight, 480 / count);
        var picture = new PixelImage(count, count, pixels);
        return new Sheet
        {
            Title = "Confusion",
            Subtitle = "row: what the picture shows; column: what the network says, in the same order",
            Cells = [named ? new SheetCell(new Chart
            {
                Width = count * cell + 60 + 7 * Math.Min(24, Classes.Max(c => c.Length)),
                Height = count * cell + 50,
                X = new ChartAxis("said", 0, count) { Ticks = [] },
                Y = new ChartAxis("shown", count, 0) { Ticks = [.. order.Select((c, i) => new ChartTick(i + 0.5, Classes[c]))] },
                Marks = [new ChartRaster(picture)],
            }) : new SheetCell(picture)],
            Scale = named ? 1 : options.Magnification ?? Math.Max(1, 1000 / count),
            ColorBar = new ColorBar(map, 0, 1, "√ of the share of the class' pictures"),
            Notes = [Confusions.Count == 0 ? "Nothing is mistaken." : $"Most often mistaken: {string.Join("; ", Confusions.Take(8).Select(c => $"{c.Class} for {c.Predicted} ({c.Count})"))}."],
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Classes.Count} classes, {Counts.Sum(row => row.Sum())} pictures, {Counts.Select((row, c) => row.Sum() - row[c]).Sum()} mistaken";
}
