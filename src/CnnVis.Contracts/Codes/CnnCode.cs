namespace CnnVis;

/// <summary>A CNN code: all values of a layer for one image, or one tile of it, as one vector (Razavian et al. 2014).</summary>
public sealed record CnnCode
{
    /// <summary>The image file; null for a vector that came from elsewhere.</summary>
    public required string? Path { get; init; }

    /// <summary>What the image shows, where that is known.</summary>
    public required string? Label { get; init; }

    /// <summary>The part of the upright photo that was looked at; null for the whole.</summary>
    public PixelBox? Tile { get; init; }

    /// <summary>The network's name; null for a vector that came from elsewhere.</summary>
    public required string? Model { get; init; }

    /// <summary>The layer's alias; null for a vector that came from elsewhere.</summary>
    public required string? Layer { get; init; }

    /// <summary>The vector; a map's values channel by channel, row by row.</summary>
    public required float[] Values { get; init; }
}
