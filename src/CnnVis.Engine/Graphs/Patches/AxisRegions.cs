namespace CnnVis.Engine.Graphs.Patches;

/// <summary>
/// For each place of an occluder along one axis, which part of a map's axis it can change. Parts of nearly equal lengths are computed
/// together and share the larger length: what is computed is <see cref="Start"/> and <see cref="Lengths"/>, and holds <see cref="Exact"/>.
/// </summary>
internal sealed class AxisRegions
{
    private AxisRegions(int extent, (int From, int To)[] exact, int[] lengths)
    {
        (Extent, Exact, Lengths) = (extent, exact, lengths);
        Class = [.. exact.Select(e => Array.FindIndex(lengths, l => l >= e.To - e.From))];
        Start = [.. exact.Select((e, i) => Math.Min(e.From, extent - lengths[Class[i]]))];
    }

    /// <summary>Positions of the map's axis.</summary>
    public int Extent { get; }

    /// <summary>What can change, by place: from, and the position behind the last.</summary>
    public (int From, int To)[] Exact { get; }

    /// <summary>The lengths that are computed, ascending.</summary>
    public int[] Lengths { get; }

    /// <summary>Number in <see cref="Lengths"/>, by place.</summary>
    public int[] Class { get; }

    /// <summary>First position computed, by place.</summary>
    public int[] Start { get; }

    /// <summary>Positions computed over all places.</summary>
    public long Total => Class.Sum(c => (long)Lengths[c]);

    /// <summary>Positions computed at a place.</summary>
    public int Length(int place) => Lengths[Class[place]];

    /// <summary>Regions whose every length is computed by itself. One that is empty takes a position all the same, which computes what is there already.</summary>
    public static AxisRegions Of(int extent, IEnumerable<(int From, int To)> exact)
    {
        (int From, int To)[] held = [.. exact.Select(e => (Math.Clamp(e.From, 0, extent - 1), Math.Min(extent, e.To))).Select(e => (e.Item1, Math.Max(e.Item2, e.Item1 + 1)))];
        return new AxisRegions(extent, held, [.. held.Select(e => e.Item2 - e.Item1).Distinct().Order()]);
    }

    /// <summary>Regions that hold both, where branches join.</summary>
    public static AxisRegions Union(AxisRegions a, AxisRegions b) =>
        Of(a.Extent, a.Exact.Zip(b.Exact, (x, y) => (Math.Min(x.From, y.From), Math.Max(x.To, y.To))));

    /// <summary>The same, of lengths that are multiples of a number as far as the map allows.</summary>
    public AxisRegions Multiples(int of) => new(Extent, Exact, [.. Lengths.Select(l => Math.Min(Extent, (l + of - 1) / of * of)).Distinct()]);

    /// <summary>What a window makes of them: output i looks at the inputs from i · stride − padding on, extent of them.</summary>
    public AxisRegions Through(WindowAxis window, int outputs) => Of(outputs, Exact.Select(e =>
        (Math.Max(0, (int)Math.Ceiling((e.From + window.Padding - window.Extent + 1) / window.Stride)), (int)Math.Floor((e.To - 1 + window.Padding) / window.Stride) + 1)));

    /// <summary>Whether the same is computed.</summary>
    public bool Matches(AxisRegions other) => ReferenceEquals(this, other) || Start.AsSpan().SequenceEqual(other.Start) && Lengths.AsSpan().SequenceEqual(other.Lengths) && Class.AsSpan().SequenceEqual(other.Class);

    /// <summary>Merges lengths of both axes upwards while that is cheaper: a computation costs <paramref name="work"/> a position, and <paramref name="call"/> for each pair of lengths.</summary>
    public static (AxisRegions Rows, AxisRegions Columns) Grouped(AxisRegions rows, AxisRegions columns, double work, double call)
    {
        while (true)
        {
            double best = Cost(rows, columns);
            (AxisRegions, AxisRegions)? better = null;
            foreach (var candidate in rows.Merges().Select(r => (r, columns)).Concat(columns.Merges().Select(c => (rows, c))))
                if (Cost(candidate.Item1, candidate.Item2) is var cost && cost <= best) (best, better) = (cost, candidate);
            if (better is not { } merged) return (rows, columns);
            (rows, columns) = merged;
        }

        double Cost(AxisRegions r, AxisRegions c) => work * r.Total * c.Total + call * r.Lengths.Length * c.Lengths.Length;
    }

    private IEnumerable<AxisRegions> Merges() => Lengths.SkipLast(1).Select(gone => new AxisRegions(Extent, Exact, [.. Lengths.Where(l => l != gone)]));
}
