namespace CnnVis.Engine.Codes.Files;

/// <summary>A map in an archive: the places of its points, and its figures as single numbers. A figure that the map does not have is left out.</summary>
internal static class MapNumbers
{
    /// <summary>The places, [n, dimension].</summary>
    public const string Positions = "positions";

    private const string Perplexity = "perplexity", Iterations = "iterations", Divergence = "divergence", Recall = "neighbor_recall";
    private const string Neighbors = "quality_neighbors", Sample = "quality_sample", Trustworthiness = "trustworthiness", Preservation = "neighbor_preservation", Accuracy = "label_accuracy";

    /// <summary>Names of all arrays of a map.</summary>
    public static string[] Names { get; } = [Positions, Perplexity, Iterations, Divergence, Recall, Neighbors, Sample, Trustworthiness, Preservation, Accuracy];

    /// <summary>The figures of a map by name.</summary>
    public static IEnumerable<(string Name, double Number)> Of(TsneMap map)
    {
        (string Name, double? Number)[] all =
        [
            (Perplexity, map.Perplexity), (Iterations, map.Iterations), (Divergence, map.Divergence), (Recall, map.NeighborRecall),
            (Neighbors, map.Quality?.Neighbors), (Sample, map.Quality?.Sample), (Trustworthiness, map.Quality?.Trustworthiness),
            (Preservation, map.Quality?.NeighborPreservation), (Accuracy, map.Quality?.LabelAccuracy),
        ];
        foreach (var (name, number) in all)
            if (number is { } value) yield return (name, value);
    }

    /// <summary>A map of points and the figures that an archive has; a map of others may have places alone.</summary>
    public static TsneMap Read(TsnePoint[] points, int dimension, Func<string, double?> number) => new()
    {
        Points = points,
        Dimension = dimension,
        Perplexity = number(Perplexity) ?? 0,
        Iterations = (int)(number(Iterations) ?? 0),
        Divergence = number(Divergence) ?? 0,
        NeighborRecall = number(Recall),
        Quality = number(Trustworthiness) is { } trustworthiness && number(Preservation) is { } preservation
            ? new TsneQuality
            {
                Neighbors = (int)(number(Neighbors) ?? 0),
                Sample = (int)(number(Sample) ?? points.Length),
                Trustworthiness = trustworthiness,
                NeighborPreservation = preservation,
                LabelAccuracy = number(Accuracy),
            }
            : null,
    };
}
