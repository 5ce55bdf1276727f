namespace CnnVis.Engine.Adversarial;

/// <summary>What binds pixels besides the size of the perturbation.</summary>
/// <param name="Bounds">Between which values they lie.</param>
/// <param name="Mask">Which values of a picture may change, [C, H, W]; null for all.</param>
public sealed record PixelLimits(PixelBounds Bounds, bool[]? Mask = null)
{
    /// <summary>[0, 1], and all pixels.</summary>
    public static PixelLimits Default { get; } = new(new PixelBounds());
}
