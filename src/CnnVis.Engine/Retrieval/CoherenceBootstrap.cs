using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Retrieval;

/// <summary>Compares how coherent the images of single units and of random directions are, layer by layer.</summary>
public static class CoherenceBootstrap
{
    /// <summary>The comparisons: by labels where there are any, by codes where these were measured. A layer without both units and random directions has none.</summary>
    public static IReadOnlyList<CoherenceComparison> Compare(MaxActivatingImageSet set, int seed) =>
    [
        .. set.HasLabels ? Compare(set, CoherenceMeasure.LabelPurity, u => u.LabelPurity, seed) : [],
        .. Compare(set, CoherenceMeasure.CodeSimilarity, u => u.CodeSimilarity, seed),
    ];

    private static IEnumerable<CoherenceComparison> Compare(MaxActivatingImageSet set, CoherenceMeasure measure, Func<MaxActivatingUnit, double?> value, int seed)
    {
        foreach (var layer in set.Units.GroupBy(u => u.Layer, StringComparer.Ordinal))
        {
            double[] units = [.. layer.Where(u => u.Channel is not null).Select(value).OfType<double>()], directions = [.. layer.Where(u => u.IsRandom).Select(value).OfType<double>()];
            if (units.Length == 0 || directions.Length == 0) continue;
            var (low, high) = Bootstrap.DifferenceOfMeans(units, directions, seed);
            yield return new CoherenceComparison(layer.Key, measure, units.Length, directions.Length, units.Average(), directions.Average(), units.Average() - directions.Average(), low, high);
        }
    }
}
