namespace CnnVis.Engine.Graphs;

/// <summary>One axis of a <see cref="SpatialWindow"/>.</summary>
/// <param name="Extent">Input positions from the first to the last that is looked at.</param>
/// <param name="Stride">Input positions between neighbouring outputs; a fraction where the map grows.</param>
/// <param name="Padding">Positions added before the first; negative where some are skipped.</param>
public readonly record struct WindowAxis(long Extent, double Stride, double Padding)
{
    /// <summary>Its own place only.</summary>
    public static WindowAxis Pointwise { get; } = new(1, 1, 0);
}
