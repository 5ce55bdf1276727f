namespace CnnVis;

/// <summary>
/// Whether the images of single units belong together more than those of random directions of the same layer do. Szegedy et al. (2013, section 3) looked and saw no difference.
/// </summary>
/// <param name="Layer">The layer's alias.</param>
/// <param name="Measure">What was measured of each set of images.</param>
/// <param name="UnitCount">Units compared.</param>
/// <param name="DirectionCount">Random directions compared.</param>
/// <param name="UnitMean">Mean over the units.</param>
/// <param name="DirectionMean">Mean over the directions.</param>
/// <param name="Difference">The units' mean minus the directions'.</param>
/// <param name="LowerBound">Lower end of the difference's 95% confidence interval (percentile bootstrap over units and directions).</param>
/// <param name="UpperBound">Upper end of it. Where zero lies between them, no difference was found.</param>
public sealed record CoherenceComparison(
    string Layer,
    CoherenceMeasure Measure,
    int UnitCount,
    int DirectionCount,
    double UnitMean,
    double DirectionMean,
    double Difference,
    double LowerBound,
    double UpperBound)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Layer} {Measure}: {Difference:+0.###;-0.###;0} [{LowerBound:0.###}, {UpperBound:0.###}]");
}
