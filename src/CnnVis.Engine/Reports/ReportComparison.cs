using System.Globalization;
using System.Text.RegularExpressions;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Reports;

/// <summary>Compares what a report says with what comes out today.</summary>
public static partial class ReportComparison
{
    /// <summary>Relative difference up to which numbers are the same, where nothing else is said: sums in another order, on another machine, differ by less.</summary>
    public const double Tolerance = 1e-3;

    private const double Least = 1e-6, MeanDifference = 2;

    /// <summary>Columns that differ from run to run.</summary>
    private static readonly string[] _volatile = ["Seconds", "Elapsed", "Duration", "Time", "MillisecondsPerImage"];

    /// <summary>The first thing that differs, empty where nothing does, and the largest relative difference of a number.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="results">What came out: type and properties of each result.</param>
    /// <param name="tolerance">Relative difference of numbers that counts as none.</param>
    public static (string Difference, double Largest) Compare(ReportEntry entry, IReadOnlyList<(string Type, IReadOnlyList<(string Name, object? Value)> Values)> results, double tolerance)
    {
        Dictionary<string, ReportCell>[] found = [.. results.Where(r => r.Type == entry.Type).Select(r => r.Values.ToDictionary(v => v.Name, v => ReportValues.Cell(v.Value), StringComparer.Ordinal))];
        if (found.Length == 0) return ($"no {entry.Type.Split('.')[^1]} came out", double.NaN);
        double largest = double.NaN;
        string difference = "";
        foreach (IReadOnlyList<ReportCell> row in entry.Rows)
        {
            Dictionary<string, ReportCell> now = found.MaxBy(f => Agreement(entry.Columns, row, f))!;
            for (int c = 0; c < entry.Columns.Count; c++)
            {
                string column = entry.Columns[c];
                if (_volatile.Any(v => column.Contains(v, StringComparison.OrdinalIgnoreCase)) || !now.TryGetValue(column, out ReportCell? cell)) continue;
                double by = Difference(row[c], cell);
                if (row[c].Number is not null && cell.Number is not null && !(by <= largest)) largest = by;
                if (by > tolerance && difference.Length == 0) difference = $"{column} is {cell.Text}, and the report says {row[c].Text}";
            }
        }
        return (difference, largest);
    }

    /// <summary>What differs between pictures: nothing where the mean difference of a value is at most two of 255. One that was made smaller to fit the page is not compared.</summary>
    /// <param name="now">The picture that comes out.</param>
    /// <param name="source">Address of the picture in the page.</param>
    public static string ComparePicture(PixelImage now, string source)
    {
        if (!source.StartsWith("data:image/png", StringComparison.Ordinal)) return "";
        PixelImage before = ImageCodec.Decode(Convert.FromBase64String(source[(source.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        if ((before.Width, before.Height) != (now.Width, now.Height)) return $"the picture has {now} pixels, and in the report {before}";
        long sum = 0;
        for (int i = 0; i < now.Pixels.Length; i++) sum += Math.Abs(now.Pixels[i] - before.Pixels[i]);
        double mean = (double)sum / now.Pixels.Length;
        return mean <= MeanDifference ? "" : FormattableString.Invariant($"the picture differs by {mean:F1} of 255 on average");
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
