namespace CnnVis;

/// <summary>What one filter did over a folder of images, from the values before the ReLU where the layer has one.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Layer">The layer's alias.</param>
/// <param name="Channel">The filter's number.</param>
/// <param name="ImageCount">Images behind the numbers.</param>
/// <param name="ZeroShare">Share of all positions in all images where the filter is off (value ≤ 0 before the ReLU; exactly 0 where there is none), in [0, 1].</param>
/// <param name="FiringShare">Share of the images with any activation, in [0, 1].</param>
/// <param name="FiringShareUpperBound">One-sided 95% upper bound of the share of images with any activation (Clopper and Pearson 1934).</param>
/// <param name="Maximum">Largest value, before the ReLU.</param>
/// <param name="Mean">Mean value, after the ReLU.</param>
/// <param name="StandardDeviation">Standard deviation of the values, after the ReLU.</param>
/// <param name="Verdict">The reading of these numbers.</param>
public sealed record CnnActivationStatistic(
    string Model,
    string Layer,
    int Channel,
    long ImageCount,
    double ZeroShare,
    double FiringShare,
    double FiringShareUpperBound,
    double Maximum,
    double Mean,
    double StandardDeviation,
    FilterVerdict Verdict) : ICnnResult
{
    /// <inheritdoc/>
    public override string ToString() => $"{Layer}:{Channel} {Verdict.ToString().ToLowerInvariant()} in {ImageCount} images";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer, Channel);

    internal Origin? Origin { get; init; }
}
