using System.Globalization;

namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>Sorts items into bins by an attribute: numbers by their size, angles into sectors, dates by a part, everything else by what it is.</summary>
internal sealed class BinPlan
{
    private const int MostCategories = 20;
    private const string Rest = "others";

    private BinPlan(IReadOnlyList<PlannedBin> bins, bool isOrdered) => (Bins, IsOrdered) = (bins, isOrdered);

    /// <summary>The bins that are not empty, in order.</summary>
    public IReadOnlyList<PlannedBin> Bins { get; }

    /// <summary>Whether the attribute is a number with an order, so that a trend and a correlation make sense.</summary>
    public bool IsOrdered { get; }

    /// <param name="attribute">Its name.</param>
    /// <param name="items">Items for which it is known.</param>
    /// <param name="options">How to bin.</param>
    public static BinPlan Of(string attribute, IReadOnlyList<AttributeItem> items, EffectOptions options)
    {
        if (items.Count > 0 && items.All(i => i.Value is double))
        {
            if (AttributeValues.IsAngle(attribute)) return new BinPlan(Sectors(items), false);
            return new BinPlan(options.Edges.TryGetValue(attribute, out double[]? edges) ? Given(items, edges) : EquallyFull(items, options.BinCount), true);
        }
        if (items.Count > 0 && items.All(i => i.Value is DateTime)) return new BinPlan(Dates(items, options.DatePart), false);
        return new BinPlan(Categories(items), false);
    }

    private static double Number(AttributeItem item) => (double)item.Value!;

    /// <summary>Bins of about equally many; equal values lie in one bin, so that there may be fewer.</summary>
    private static PlannedBin[] EquallyFull(IReadOnlyList<AttributeItem> items, int count)
    {
        AttributeItem[] sorted = [.. items.OrderBy(Number).ThenBy(i => i.Name, StringComparer.Ordinal)];
        double span = Number(sorted[^1]) - Number(sorted[0]);
        List<PlannedBin> bins = [];
        for (int bin = 0, first = 0; bin < count && first < sorted.Length; bin++)
        {
            int end = (int)Math.Round((bin + 1.0) * sorted.Length / count);
            if (end <= first) continue;
            // A value goes where most of those that have it are.
            int from = end, to = end;
            while (from > first && sorted[from - 1].Value!.Equals(sorted[end - 1].Value)) from--;
            while (to < sorted.Length && sorted[to].Value!.Equals(sorted[end - 1].Value)) to++;
            end = end - from < to - end && from > first ? from : to;
            bins.Add(Range(sorted[first..end], span));
            first = end;
        }
        return [.. bins];
    }

    private static PlannedBin[] Given(IReadOnlyList<AttributeItem> items, double[] edges) =>
        [.. items.GroupBy(i => edges.Count(e => Number(i) >= e)).OrderBy(g => g.Key).Select(g => Range([.. g], 0) with
        {
            Name = g.Key == 0 ? $"< {Edge(edges[0])}" : g.Key == edges.Length ? $"≥ {Edge(edges[^1])}" : $"{Edge(edges[g.Key - 1])} to {Edge(edges[g.Key])}",
        })];

    private static string Edge(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static PlannedBin Range(AttributeItem[] items, double span)
    {
        double low = items.Min(Number), high = items.Max(Number);
        return new PlannedBin(low == high ? Short(low, span) : $"{Short(low, span)} to {Short(high, span)}", low, high, items);
    }

    /// <summary>Six sectors of 60° about red, yellow, green, cyan, blue and magenta.</summary>
    private static PlannedBin[] Sectors(IReadOnlyList<AttributeItem> items)
    {
        string[] names = ["red", "yellow", "green", "cyan", "blue", "magenta"];
        return [.. items.GroupBy(i => (int)Math.Floor(((Number(i) % 360 + 390) % 360) / 60)).OrderBy(g => g.Key).Select(g => new PlannedBin(names[g.Key], null, null, [.. g]))];
    }

    private static PlannedBin[] Dates(IReadOnlyList<AttributeItem> items, DatePart part)
    {
        return [.. items.GroupBy(i => Key((DateTime)i.Value!)).OrderBy(g => g.Key).Select(g => new PlannedBin(Name((DateTime)g.First().Value!), null, null, [.. g]))];

        int Key(DateTime date) => part switch { DatePart.Hour => date.Hour, DatePart.Weekday => ((int)date.DayOfWeek + 6) % 7, DatePart.Year => date.Year, _ => date.Month };

        string Name(DateTime date) => part switch
        {
            DatePart.Hour => date.ToString("HH 'h'", CultureInfo.InvariantCulture),
            DatePart.Weekday => date.ToString("ddd", CultureInfo.InvariantCulture),
            DatePart.Year => date.ToString("yyyy", CultureInfo.InvariantCulture),
            _ => date.ToString("MMM", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>By text; the rarest of very many are taken together.</summary>
    private static PlannedBin[] Categories(IReadOnlyList<AttributeItem> items)
    {
        IGrouping<string, AttributeItem>[] all = [.. items.GroupBy(i => Convert.ToString(i.Value, CultureInfo.InvariantCulture)!, StringComparer.Ordinal)];
        HashSet<string> kept = [.. all.OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(all.Length > MostCategories ? MostCategories - 1 : MostCategories).Select(g => g.Key)];
        PlannedBin[] rest = [.. all.Where(g => !kept.Contains(g.Key)).SelectMany(g => g).GroupBy(_ => Rest).Select(g => new PlannedBin(Rest, null, null, [.. g]))];
        return [.. all.Where(g => kept.Contains(g.Key)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new PlannedBin(g.Key, null, null, [.. g])), .. rest];
    }

    /// <summary>A number with as many digits as tell hundredths of the range apart.</summary>
    private static string Short(double value, double span)
    {
        if (span is >= 1e6 or (< 1e-4 and > 0)) return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        int digits = span > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(span)), 0, 6) : 3;
        return Math.Round(value, digits).ToString("0.######", CultureInfo.InvariantCulture);
    }
}
