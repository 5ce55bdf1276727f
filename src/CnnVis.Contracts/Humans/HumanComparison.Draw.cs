using System.Globalization;

namespace CnnVis;

public sealed partial record HumanComparison : IVisual
{
    private const int Side = 56;

    /// <summary>Error consistency of each with each: red where they err about the same pictures, blue where their errors avoid each other.</summary>
    public Sheet Draw(DrawOptions options)
    {
        LabelerScore[] shown = [.. Labelers.Where(l => l.Kind is LabelerKind.Person or LabelerKind.Network).Take(options.Limit ?? int.MaxValue)];
        if (shown.Length < 2) throw new CnnVisException(ErrorIds.InvalidArgument, $"{this}: two labelers are needed for a picture of how they agree. Learning draws the curves of one.", this);
        ColorMap map = options.ColorMap ?? ColorMap.Polar;
        Dictionary<(string, string), LabelerPair> pairs = Pairs.ToDictionary(p => (p.First, p.Second));
        return new Sheet
        {
            Title = Experiment.Length > 0 ? $"Error consistency: {Experiment}" : "Error consistency",
            Subtitle = $"{ImageCount:N0} pictures; right by {(Top == 1 ? "the first guess" : $"one of {Top} guesses")}{(Conditions.Count > 1 ? $"; mean over {Conditions.Count} conditions" : "")}",
            Cells = [.. shown.SelectMany((row, r) => shown.Select((column, c) => Cell(row.Labeler, column.Labeler, r, c)))],
            Columns = shown.Length,
            RowLabels = [.. shown.Select((l, i) => $"{i + 1} {l.Labeler} {(100 * l.Top1.Share).ToString("F1", CultureInfo.InvariantCulture)} %")],
            Scale = options.Magnification ?? 1,
            ColorBar = new ColorBar(map, -1, 1, "kappa of error consistency: 1 for the same errors, 0 for independent ones"),
            Notes = [.. Means()],
        };

        SheetCell Cell(string row, string column, int r, int c)
        {
            string caption = r == shown.Length - 1 ? (c + 1).ToString(CultureInfo.InvariantCulture) : "";
            if (r == c) return new SheetCell(Flat(options.Page.Shown(new Rgb(232, 232, 232))), caption);
            LabelerPair? pair = pairs.GetValueOrDefault((row, column)) ?? pairs.GetValueOrDefault((column, row));
            if (pair is null) return new SheetCell(Flat(options.Page.Paper), caption) { Mark = "none" };
            return new SheetCell(Flat(map[(pair.Kappa + 1) / 2]), caption) { Mark = pair.Kappa.ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture) };
        }
    }

    private IEnumerable<string> Means()
    {
        foreach (var (name, summary) in new[] { ("Between people", HumanHuman), ("Between people and networks", HumanNetwork), ("Between networks", NetworkNetwork) })
            if (summary is not null) yield return $"{name}: mean kappa {summary}, 95 % interval by bootstrap over pictures; {summary.BeyondChance} of {summary.Pairs} pairs beyond chance.";
    }

    private static PixelImage Flat(Rgb color)
    {
        byte[] pixels = new byte[Side * Side * 3];
        for (int i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (color.R, color.G, color.B);
        return new PixelImage(Side, Side, pixels);
    }
}
