namespace CnnVis.Engine.Activations;

/// <summary>Reads a filter's numbers.</summary>
public static class FilterVerdicts
{
    /// <summary>A filter that fires for a smaller share of the images is rare.</summary>
    public const double RareShare = 0.01;

    /// <summary>A filter behind a ReLU that is off at a smaller share of all positions is saturated: its ReLU does nothing.</summary>
    public const double SaturatedZeroShare = 0.001;

    /// <summary>The verdict.</summary>
    /// <param name="firingShare">Share of the images with any activation.</param>
    /// <param name="zeroShare">Share of all positions where the filter is off.</param>
    /// <param name="hasRelu">Whether a ReLU follows; without one no filter is saturated.</param>
    public static FilterVerdict Of(double firingShare, double zeroShare, bool hasRelu) =>
        firingShare == 0 ? FilterVerdict.Dead
        : firingShare < RareShare ? FilterVerdict.Rare
        : hasRelu && zeroShare < SaturatedZeroShare ? FilterVerdict.Saturated
        : FilterVerdict.Alive;
}
