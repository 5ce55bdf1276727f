namespace CnnVis.Engine.Graphs;

/// <summary>One axis of a <see cref="SpatialWindow"/>.</summary>
/// <param name="Extent">Input positions from the first to the last that is looked at.</param>
/// <param name="Stride">Input positions between neighbouring outputs.</param>
/// <param name="Padding">Positions added before the first.</param>
public readonly record struct WindowAxis(long Extent, long Stride, long Padding)
{
    /// <summary>Its own place only.</summary>
    public static WindowAxis Pointwise { get; } = new(1, 1, 0);
}
