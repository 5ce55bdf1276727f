namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>The metrics by their names: every <see cref="ISaliencyMetric"/> of this assembly.</summary>
public static class SaliencyMetrics
{
    private static readonly SortedDictionary<string, Type> _metrics = new(
        typeof(ISaliencyMetric).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(ISaliencyMetric)) && t is { IsAbstract: false, IsInterface: false })
            .ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _metrics.Keys];

    /// <summary>Names of those that are measured where nobody names any.</summary>
    /// <param name="hasBoxes">Whether boxes round the objects are known.</param>
    public static IReadOnlyList<string> Usual(bool hasBoxes) => hasBoxes ? [nameof(Insertion), nameof(Deletion), nameof(PointingGame), nameof(EnergyInBox)] : [nameof(Insertion), nameof(Deletion)];

    /// <summary>Makes the metric of that name.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there is none.</exception>
    public static ISaliencyMetric Create(string name, MetricOptions options) => _metrics.TryGetValue(name, out Type? type)
        ? (ISaliencyMetric)Activator.CreateInstance(type, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [options], null)!
        : throw new CnnVisException(ErrorIds.InvalidArgument, $"There is no metric '{name}'. Did you mean {Suggestion.For(name, Names)[0]}? The metrics are {string.Join(", ", Names)}.", name);
}
