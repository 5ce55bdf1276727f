using System.Globalization;
using System.Text.RegularExpressions;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Reports;

/// <summary>Compares what a report says with what comes out today.</summary>
public static partial class ReportComparison
{
    /// <summary>Relative difference up to which numbers are the same, where nothing else is said: sums in another order, on another machine, differ by less.</summary>
    public const double Tolerance = 1e-3;

    private const double Least = 1e-6, MeanDifference = 2, SquareDifference = 32;
    private const int Square = 32;

    /// <summary>Columns that differ from run to run.</summary>
    private static readonly string[] _volatile = ["Seconds", "Elapsed", "Duration", "Time", "MillisecondsPerImage"];

    /// <summary>The first thing that differs, empty where nothing does, the largest relative difference of a number, and which of the results the entry's first row is about.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="results">What came out: type and properties of each result.</param>
    /// <param name="tolerance">Relative difference of numbers that counts as none.</param>
    public static (string Difference, double Largest, int Match) Compare(ReportEntry entry, IReadOnlyList<(string Type, IReadOnlyList<(string Name, object? Value)> Values)> results, double tolerance)
    {
        (Dictionary<string, ReportCell> Cells, int Place)[] found = [.. results.Index().Where(r => r.Item.Type == entry.Type).Select(r => (r.Item.Values.ToDictionary(v => v.Name, v => ReportValues.Cell(v.Value), StringComparer.Ordinal), r.Index))];
        if (found.Length == 0) return ($"no {entry.Type.Split('.')[^1]} came out", double.NaN, -1);
        double largest = double.NaN;
        string difference = "";
        int match = -1;
        foreach (IReadOnlyList<ReportCell> row in entry.Rows)
        {
            var (now, place) = found.MaxBy(f => Agreement(entry.Columns, row, f.Cells))!;
            if (match < 0) match = place;
            for (int c = 0; c < entry.Columns.Count; c++)
            {
                string column = entry.Columns[c];
                if (_volatile.Any(v => column.Contains(v, StringComparison.OrdinalIgnoreCase))) continue;
                if (!now.TryGetValue(column, out ReportCell? cell))
                {
                    if (difference.Length == 0) difference = $"the report has a column {column}, which does not come out";
                    continue;
                }
                double by = Difference(row[c], cell);
                if (row[c].Number is not null && cell.Number is not null && !(by <= largest)) largest = by;
                if (by > tolerance && difference.Length == 0) difference = $"{column} is {cell.Text}, and the report says {row[c].Text}";
            }
        }
        return (difference, largest, match);
    }

    /// <summary>What differs in how an entry is told: its title, its seed, and its pictures with their captions; empty where nothing does.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">What a report would tell today.</param>
    /// <param name="pictures">The pictures of that, PNG.</param>
    /// <param name="sources">Addresses of the pictures in the page.</param>
    /// <param name="tolerance">Relative difference of numbers in texts that counts as none.</param>
    public static string CompareTold(ReportEntry entry, ReportEntry now, IReadOnlyList<byte[]> pictures, IReadOnlyList<string> sources, double tolerance)
    {
        if (entry.Kind != now.Kind) return $"it is a {now.Kind}, and the report says a {entry.Kind}";
        if (TextDifference(entry.Title, now.Title) > tolerance) return $"it is called '{now.Title}', and the report says '{entry.Title}'";
        if (entry.Origin?.Seed != now.Origin?.Seed) return $"its seed is {now.Origin?.Seed?.ToString(CultureInfo.InvariantCulture) ?? "none"}, and the report says {entry.Origin?.Seed?.ToString(CultureInfo.InvariantCulture) ?? "none"}";
        if (entry.Pictures.Count != now.Pictures.Count) return $"it has {now.Pictures.Count} pictures, and the report {entry.Pictures.Count}";
        foreach (var (before, after) in entry.Pictures.Zip(now.Pictures))
        {
            if (TextDifference(before.Caption, after.Caption) > tolerance) return $"the caption is '{after.Caption}', and the report says '{before.Caption}'";
            if (ComparePicture(ImageCodec.Decode(pictures[after.Id - 1]), sources[before.Id - 1]) is { Length: > 0 } difference) return difference;
        }
        return "";
    }

    /// <summary>
    /// What differs between pictures: nothing where values differ by at most 2 of 255 on average, and by at most 32 in every square of 32 pixels. One that was made smaller to fit the page is compared with what comes
    /// out after the same was done to it.
    /// </summary>
    /// <param name="now">The picture that comes out.</param>
    /// <param name="source">Address of the picture in the page.</param>
    public static string ComparePicture(PixelImage now, string source)
    {
        if (ReportPage.HashOf(source).Length == 0) return ""; // it is missing from the page, which has been told
        PixelImage before = ImageCodec.Decode(Convert.FromBase64String(source[(source.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        string? difference = null;
        foreach (PixelImage shown in ReportPage.AsEmbedded(now, source.StartsWith("data:image/png", StringComparison.Ordinal), before.Width, before.Height))
        {
            string found = Apart(before, shown);
            if (found.Length == 0) return "";
            difference ??= found;
        }
        return difference ?? $"the picture has {now} pixels, and in the report {before}";
    }

    private static string Apart(PixelImage before, PixelImage now)
    {
        int columns = (now.Width + Square - 1) / Square;
        var sums = new long[columns * ((now.Height + Square - 1) / Square)];
        for (int y = 0; y < now.Height; y++)
            for (int x = 0; x < 3 * now.Width; x++)
                sums[y / Square * columns + x / 3 / Square] += Math.Abs(now.Pixels[3 * y * now.Width + x] - before.Pixels[3 * y * now.Width + x]);
        double mean = (double)sums.Sum() / now.Pixels.Length, square = (double)sums.Max() / (3 * Square * Square);
        return mean > MeanDifference ? FormattableString.Invariant($"the picture differs by {mean:F1} of 255 on average")
            : square > SquareDifference ? FormattableString.Invariant($"a part of the picture differs by {square:F0} of 255") : "";
    }

    /// <summary>How many texts of a row a result has: which result the row is about.</summary>
    private static double Agreement(IReadOnlyList<string> columns, IReadOnlyList<ReportCell> row, Dictionary<string, ReportCell> result)
    {
        double same = 0;
        for (int c = 0; c < columns.Count; c++)
            if (result.TryGetValue(columns[c], out ReportCell? cell)) same += row[c].Number is null ? (cell.Text == row[c].Text ? 1 : 0) : Difference(row[c], cell) < Tolerance ? 0.01 : 0;
        return same;
    }

    private static double Difference(ReportCell before, ReportCell now) => before.Number is { } a && now.Number is { } b ? Math.Abs(a - b) / Math.Max(Least, Math.Max(Math.Abs(a), Math.Abs(b))) : TextDifference(before.Text, now.Text);

    /// <summary>Of texts that hold numbers, as "Egyptian cat 88.2 %": these may differ by one of the last digit shown, and the rest may not.</summary>
    private static double TextDifference(string before, string now)
    {
        if (before == now) return 0;
        if (Number().Replace(before, "#") != Number().Replace(now, "#")) return double.PositiveInfinity;
        return Number().Matches(before).Zip(Number().Matches(now), (a, b) => Apart(a.Value, b.Value)).DefaultIfEmpty(0).Max();
    }

    private static double Apart(string before, string now)
    {
        double a = double.Parse(before, CultureInfo.InvariantCulture), b = double.Parse(now, CultureInfo.InvariantCulture);
        int digits = before.SkipWhile(c => c != '.').Skip(1).TakeWhile(char.IsAsciiDigit).Count();
        return Math.Abs(a - b) <= 1.0001 * Math.Pow(10, -digits) ? 0 : Math.Abs(a - b) / Math.Max(Least, Math.Max(Math.Abs(a), Math.Abs(b)));
    }

    [GeneratedRegex(@"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")]
    private static partial Regex Number();
}
