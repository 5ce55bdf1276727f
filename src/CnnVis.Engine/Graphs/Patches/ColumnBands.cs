namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Places of an occluder put together by which columns of a map they change, so that weights are read few times and few columns are computed in vain.</summary>
internal static class ColumnBands
{
    /// <param name="columns">What each place changes.</param>
    /// <param name="work">Seconds to compute one column for one place.</param>
    /// <param name="reading">Seconds to read the weights of one column.</param>
    /// <returns>Columns from and to, and whose.</returns>
    public static List<(int From, int To, int[] Places)> Of(AxisRegions columns, double work, double reading)
    {
        var bands = Enumerable.Range(0, columns.Start.Length).GroupBy(i => (From: columns.Start[i], To: columns.Start[i] + columns.Length(i)))
            .Select(g => (g.Key.From, g.Key.To, Places: g.ToArray())).OrderBy(b => b.From).ThenBy(b => b.To).ToList();
        while (bands.Count > 1)
        {
            int best = Enumerable.Range(0, bands.Count - 1).MinBy(i => Cost(Joined(i)) - Cost(bands[i]) - Cost(bands[i + 1]));
            if (Cost(Joined(best)) > Cost(bands[best]) + Cost(bands[best + 1])) break;
            bands[best] = Joined(best);
            bands.RemoveAt(best + 1);
        }
        return bands;

        double Cost((int From, int To, int[] Places) band) => (band.To - band.From) * (work * band.Places.Length + reading);

        (int From, int To, int[] Places) Joined(int i) => (Math.Min(bands[i].From, bands[i + 1].From), Math.Max(bands[i].To, bands[i + 1].To), [.. bands[i].Places, .. bands[i + 1].Places]);
    }
}
