namespace CnnVis.Engine.Statistics;

/// <summary>
/// Matches groups by a confounder as Russakovsky et al. (2014, section 6.3) do by the objects' scale: items are dropped from each group until its mean is that of the group with the
/// lowest, each time the one whose absence brings the mean nearest, which are those with the largest values until the last.
/// </summary>
public static class MeanMatching
{
    /// <summary>Fewer than so many are too few to match further, or to show.</summary>
    public const int Fewest = 5;

    /// <param name="groups">Items of each group: values of the confounder, and names, by whose ordinal order ties break.</param>
    /// <param name="tolerance">How far a mean may stay from the lowest.</param>
    /// <returns>Places of the items that are kept, a list a group, ascending.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Match(IReadOnlyList<IReadOnlyList<(double Value, string Name)>> groups, double tolerance)
    {
        double[] means = [.. groups.Where(g => g.Count >= Fewest).Select(g => g.Average(i => i.Value))];
        double target = means.Length == 0 ? double.NaN : means.Min();
        return [.. groups.Select(g => Kept(g, target, tolerance))];
    }

    private static int[] Kept(IReadOnlyList<(double Value, string Name)> items, double target, double tolerance)
    {
        // Ascending; of equal values the one that is first by name is dropped first, and so stands last.
        List<int> kept = [.. Enumerable.Range(0, items.Count).OrderBy(i => items[i].Value).ThenByDescending(i => items[i].Name, StringComparer.Ordinal)];
        double sum = items.Sum(i => i.Value);
        while (kept.Count >= Fewest && Math.Abs(sum / kept.Count - target) > tolerance)
        {
            int rest = kept.Count - 1;
            double wanted = sum - rest * target; // whose absence would make the mean the target
            int at = Nearest(wanted);
            if (!(Math.Abs((sum - items[kept[at]].Value) / rest - target) < Math.Abs(sum / kept.Count - target))) break;
            sum -= items[kept[at]].Value;
            kept.RemoveAt(at);
        }
        return [.. kept.Order()];

        int Nearest(double wanted)
        {
            int low = 0, high = kept.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (items[kept[middle]].Value < wanted) low = middle + 1;
                else high = middle;
            }
            int nearest = low == kept.Count || low > 0 && wanted - items[kept[low - 1]].Value <= items[kept[low]].Value - wanted ? low - 1 : low;
            while (nearest + 1 < kept.Count && items[kept[nearest + 1]].Value == items[kept[nearest]].Value) nearest++;
            return nearest;
        }
    }
}
