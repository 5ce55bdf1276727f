using System.Globalization;

namespace CnnVis;

/// <summary>A picture made from a code alone (Mahendran and Vedaldi 2014): what a layer still knows of the picture that the code came from.</summary>
public sealed class CnnReconstruction : SynthesizedImage, IBeforeAfter
{
    (SheetCell Before, SheetCell After)? IBeforeAfter.BeforeAfter => Original is { } original && (original.Width, original.Height) == (Image.Width, Image.Height) ? (new SheetCell(original, "the original"), new SheetCell(Image, Caption)) : null;

    /// <summary>The image file that the code came from; null where nobody knows.</summary>
    public required string? Path { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>The channels of the layer that counted; null for all.</summary>
    public required int[]? CodeChannels { get; init; }

    /// <summary>Rows and columns in the middle of the maps that counted; null for all.</summary>
    public required int? Neighborhood { get; init; }

    /// <summary>φ₀: the values of the code that counted.</summary>
    public required CnnValues Code { get; init; }

    /// <summary>The way down.</summary>
    public required InversionMethod Method { get; init; }

    /// <summary>Weight of the α-norm.</summary>
    public required double AlphaWeight { get; init; }

    /// <summary>Weight of the total variation.</summary>
    public required double TotalVariationWeight { get; init; }

    /// <summary>‖φ(x) − φ₀‖ / ‖φ₀‖ over the values that counted; 0 is a perfect inversion.</summary>
    public required float Error { get; init; }

    /// <summary>Peak signal-to-noise ratio to the original, in decibels; null where that is not known, infinite where nothing differs.</summary>
    public required double? Psnr { get; init; }

    /// <summary>Structural similarity to the original (Wang et al. 2004), the mean over the channels; null where that is not known.</summary>
    public required double? Ssim { get; init; }

    /// <summary>The class that the network takes the original for; null where that is not known, or Ctrl+C ended the work.</summary>
    public required string? OriginalClass { get; init; }

    /// <summary>The class that it takes this picture for; null where the network has no classes, or Ctrl+C ended the work.</summary>
    public required string? Class { get; init; }

    /// <summary>Probability of <see cref="Class"/>.</summary>
    public required float? Probability { get; init; }

    /// <summary>Whether both classes are one; null where they are not known.</summary>
    public bool? ClassAgrees => OriginalClass is null ? null : OriginalClass == Class;

    /// <summary>The original as the network sees it; null where that is not known.</summary>
    public required PixelImage? Original { get; init; }

    private protected override CnnQuestion? Question => CnnQuestion.OfLayer(Layer, CodeChannels ?? []);

    private protected override string PictureName => CnnPicture.NameOf(Path, $"{Layer} inverted, seed {Seed}");

    /// <inheritdoc/>
    protected override string Caption => string.Create(CultureInfo.InvariantCulture, $"{Layer} · error {Error:P0}");
}
