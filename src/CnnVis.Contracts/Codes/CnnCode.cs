namespace CnnVis;

/// <summary>A CNN code: all values of a layer for one image, or one tile of it, as one vector (Razavian et al. 2014).</summary>
public sealed record CnnCode : ICnnResult
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
    public required CnnValues Values { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Layer ?? "code"}{(Path is null ? "" : $" of {VisibleText.Of(System.IO.Path.GetFileName(Path))}")}: {Values.Length} numbers";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => Layer is null ? null : CnnQuestion.OfLayer(Layer) with { Direction = Values };

    IEnumerable<CnnPicture> ICnnResult.Pictures => (Origin?.Picture ?? (Path is null ? null : CnnPicture.OfFile(Path))) is { } picture ? [Tile is { } tile ? picture.Part(tile) : picture] : [];

    string? ICnnResult.ModelHash => Hash;

    internal Origin? Origin { get; init; }

    /// <summary>SHA-256 of the network, where the file that the code was read from says it.</summary>
    internal string? Hash { get; init; }
}
