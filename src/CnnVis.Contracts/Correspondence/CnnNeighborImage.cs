using System.Globalization;

namespace CnnVis;

/// <summary>
/// A picture whose every piece, as large as a layer's stride and at a unit's centre, is replaced by the mean of the pieces at the k units of other pictures with the nearest features (Long, Zhang and Darrell 2014, section 2, figure 2).
/// </summary>
public sealed class CnnNeighborImage : IVisual, ICnnResult
{
    /// <summary>The picture.</summary>
    public required string Path { get; init; }

    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>Where its units look.</summary>
    public required UnitGrid Grid { get; init; }

    /// <summary>k: neighbours of each piece.</summary>
    public required int K { get; init; }

    /// <summary>Pictures that neighbours were looked for in, the picture itself left out.</summary>
    public required long ReferenceCount { get; init; }

    /// <summary>Mean distance of the features to those of the k nearest.</summary>
    public required double MeanDistance { get; init; }

    /// <summary>The original, the part that the pieces cover.</summary>
    public required PixelImage Original { get; init; }

    /// <summary>Of the nearest units' pieces.</summary>
    public required NeighborPicture Nearest { get; init; }

    /// <summary>The control: of the pieces at random places of k random pictures of the same class; null where there are too few of the class.</summary>
    public required NeighborPicture? SameClass { get; init; }

    /// <summary>The control: of the pieces at the same place of k random pictures.</summary>
    public required NeighborPicture SamePlace { get; init; }

    /// <summary>The original, the picture of the nearest pieces, and the controls.</summary>
    public Sheet Draw(DrawOptions options) => new()
    {
        Title = System.IO.Path.GetFileName(Path),
        Subtitle = string.Create(CultureInfo.InvariantCulture, $"{Model}, {Layer}: pieces of {Grid.StrideX:G3} pixels, each the mean of {K} of {ReferenceCount:N0} other pictures"),
        Cells = [.. Cells],
        Columns = options.Columns ?? Cells.Length,
        Scale = options.Magnification ?? Magnification(Original),
    };

    /// <summary>The cells of a row.</summary>
    internal SheetCell[] Cells =>
    [
        new(Original, "original"), Cell(Nearest, "nearest"), .. SameClass is { } control ? [Cell(control, "same class")] : Array.Empty<SheetCell>(), Cell(SamePlace, "same place"),
    ];

    /// <summary>A cell with its score.</summary>
    internal static SheetCell Cell(NeighborPicture picture, string name) => new(picture.Image, string.Create(CultureInfo.InvariantCulture, $"{name}: {picture.Psnr:F1} dB, {picture.Ssim:F2}"));

    /// <summary>By how much such pictures are magnified.</summary>
    internal static int Magnification(PixelImage image) => Math.Max(1, 192 / Math.Max(image.Width, image.Height));

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer);

    internal Origin? Origin { get; init; }
}
