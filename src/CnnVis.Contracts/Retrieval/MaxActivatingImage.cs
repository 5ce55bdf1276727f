namespace CnnVis;

/// <summary>A place in an image where a unit of a network is among its strongest.</summary>
public sealed record MaxActivatingImage : ICnnResult
{
    /// <summary>Place among the unit's images, from 1.</summary>
    public required int Order { get; init; }

    /// <summary>The image file, or the entry of a tar file.</summary>
    public required string Path { get; init; }

    /// <summary>What the image shows, where that is known.</summary>
    public required string? Label { get; init; }

    /// <summary>Place of the image among all that were listed, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>The activation; for a direction the scalar product with it.</summary>
    public required float Value { get; init; }

    /// <summary>The activation over the unit's largest, which is 1 for the first image (Girshick et al. 2013, figure 4); null where the largest is not positive.</summary>
    public required double? NormalizedValue { get; init; }

    /// <summary>Row of the map; null where the layer, or a direction over all of it, has none.</summary>
    public required int? Row { get; init; }

    /// <summary>Column of the map, likewise.</summary>
    public required int? Column { get; init; }

    /// <summary>What the unit sees there, clipped, in pixels of the upright photo.</summary>
    public required PixelBox Box { get; init; }

    /// <summary>The same in pixels of the network's input.</summary>
    public required PixelBox InputBox { get; init; }

    /// <summary>Reads what is drawn of it; null where that is not known.</summary>
    internal IUnitPictures? Pictures { get; init; }

    /// <summary>A value over the unit's largest; null where that is not positive.</summary>
    public static double? Normalize(float value, float largest) => largest > 0 ? (double)value / largest : null;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{VisibleText.Of(System.IO.Path.GetFileName(Path))} ({Value:G4})");

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => Question;

    IEnumerable<CnnPicture> ICnnResult.Pictures => [(Origin?.Picture ?? CnnPicture.OfFile(Path)) is var photo && Crop && Box.Width * Box.Height > 0 ? photo.Part(Box) : photo];

    /// <summary>The unit at its place; null where that is not known.</summary>
    internal CnnQuestion? Question { get; init; }

    /// <summary>Whether the part is meant that the unit sees.</summary>
    internal bool Crop { get; init; }

    string? ICnnResult.ModelName => Model;

    string? ICnnResult.ModelHash => ModelHash;

    internal Origin? Origin { get; init; }

    internal string? Model { get; init; }

    internal string? ModelHash { get; init; }
}
