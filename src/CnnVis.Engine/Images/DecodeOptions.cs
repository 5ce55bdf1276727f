namespace CnnVis.Engine.Images;

/// <summary>What is accepted when a picture is decoded.</summary>
public sealed record DecodeOptions
{
    /// <summary>Up to 100 megapixels.</summary>
    public static DecodeOptions Default { get; } = new();

    /// <summary>Most pixels that a picture may have, at least 1. A larger one is refused before anything of it is decoded, because a small file can claim any size.</summary>
    public long MaximumPixels { get; init; } = 100_000_000;

    /// <summary>What black is in pictures of real numbers.</summary>
    public float Low { get; init; }

    /// <summary>What white is in pictures of real numbers.</summary>
    public float High { get; init; } = 1;
}
