using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Humans;

/// <summary>The trials that two labelers both answered, condition by condition.</summary>
internal sealed class PairedTrials
{
    private readonly (int Condition, int[] Trials, byte[] Cells)[] _conditions;

    public PairedTrials(Labeler first, Labeler second, Trials trials)
    {
        (First, Second) = (first, second);
        Common = [.. Enumerable.Range(0, trials.Count).Where(t => first.Right[t] is not null && second.Right[t] is not null)];
        _conditions = [.. Common.GroupBy(t => trials.ConditionOf[t]).OrderBy(g => g.Key).Select(g => (g.Key, g.ToArray(), g.Select(Cell).ToArray()))];
        Tables = [.. _conditions.Select(c => Table(c.Cells, null, c.Trials))];
    }

    public Labeler First { get; }

    public Labeler Second { get; }

    /// <summary>Trials that both answered.</summary>
    public int[] Common { get; }

    /// <summary>A table for each condition that has any.</summary>
    public PairTable[] Tables { get; }

    public IEnumerable<int> ConditionNumbers => _conditions.Select(c => c.Condition);

    /// <summary>Common trials in one cell of the table: 0 both right, 1 only the first, 2 only the second, 3 neither.</summary>
    public IEnumerable<int> In(int cell) => Common.Where(t => Cell(t) == cell);

    /// <summary>κ of each condition with trials drawn as often as their weights say; NaN where none of a condition's was drawn.</summary>
    public IEnumerable<double> Kappas(int[] weights)
    {
        foreach (var (_, trials, cells) in _conditions)
        {
            PairTable table = Table(cells, weights, trials);
            yield return table.Count == 0 ? double.NaN : ErrorConsistency.Kappa(table);
        }
    }

    /// <summary>Mean κ over conditions of two independent observers with these accuracies.</summary>
    /// <param name="random">State of the random numbers (SplitMix64): hundreds of millions are drawn, and those of <see cref="Random"/> take ten times as long.</param>
    public double IndependentKappa(ref ulong random)
    {
        double sum = 0;
        foreach (PairTable seen in Tables)
        {
            const double whole = 1L << 32;
            uint both = (uint)(seen.First * seen.Second * (whole - 1)), first = (uint)(seen.First * (whole - 1)), either = (uint)((seen.First + (1 - seen.First) * seen.Second) * (whole - 1));
            int belowBoth = 0, belowFirst = 0, belowEither = 0;
            ulong word = 0;
            for (int i = 0; i < seen.Count; i++)
            {
                word = (i & 1) == 0 ? Next(ref random) : word >> 32;
                uint draw = (uint)word;
                belowBoth += draw < both ? 1 : 0;
                belowFirst += draw < first ? 1 : 0;
                belowEither += draw < either ? 1 : 0;
            }
            sum += ErrorConsistency.Kappa(new PairTable(belowBoth, belowFirst - belowBoth, belowEither - belowFirst, seen.Count - belowEither));
        }
        return sum / Tables.Length;
    }

    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private byte Cell(int trial) => (byte)((First.Right[trial] == true ? 0 : 2) + (Second.Right[trial] == true ? 0 : 1));

    private static PairTable Table(byte[] cells, int[]? weights, int[] trials)
    {
        Span<int> counts = stackalloc int[4];
        for (int i = 0; i < cells.Length; i++) counts[cells[i]] += weights is null ? 1 : weights[trials[i]];
        return new PairTable(counts[0], counts[1], counts[2], counts[3]);
    }
}
