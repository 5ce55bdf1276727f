namespace CnnVis;

/// <summary>What can be measured of a photo, all but Typicality without a network. Values of pixels are of the upright photo in sRGB, transparent parts over white.</summary>
public sealed record ImageAttributes
{
    /// <summary>The picture.</summary>
    public required string Path { get; init; }

    /// <summary>What it shows, where that is known.</summary>
    public string? Label { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Width / height.</summary>
    public double Aspect => (double)Width / Height;

    /// <summary>Width × height / 1,000,000.</summary>
    public double Megapixels => (double)Width * Height / 1e6;

    /// <summary>Jpeg, Png, Webp, Gif or Bmp.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of the file for each pixel.</summary>
    public double BytesPerPixel => Bytes / ((double)Width * Height);

    /// <summary>Mean luma (Rec. 601), in [0, 1].</summary>
    public required double Brightness { get; init; }

    /// <summary>RMS contrast: standard deviation of the luma, in [0, 0.5].</summary>
    public required double Contrast { get; init; }

    /// <summary>Mean saturation (HSV), in [0, 1].</summary>
    public required double Saturation { get; init; }

    /// <summary>Colourfulness M = σ + 0.3 μ of the opponent colours R − G and (R + G) / 2 − B, of values up to 255 (Hasler and Süsstrunk, Human Vision and Electronic Imaging 2003): 0 for grey, some 33 moderately, 109 extremely colourful.</summary>
    public required double Colorfulness { get; init; }

    /// <summary>Hue of the mean colour by saturation and value, in degrees: 0 red, 120 green, 240 blue. Null where there is none.</summary>
    public required double? Hue { get; init; }

    /// <summary>Whether no more than one pixel of a hundred has a colour (a difference of 16 of 255 between its channels).</summary>
    public required bool IsGray { get; init; }

    /// <summary>Variance of the Laplacian of the luma, of values up to 255, the longer side brought to 256 pixels: the larger the sharper.</summary>
    public required double Sharpness { get; init; }

    /// <summary>Deviation of the noise, of values up to 255 (Immerkær, Computer Vision and Image Understanding 1996). Fine texture counts as noise.</summary>
    public required double Noise { get; init; }

    /// <summary>Entropy of the luma's histogram, in bits, at most 8.</summary>
    public required double Entropy { get; init; }

    /// <summary>Share of the pixels whose luma changes by more than a tenth of its range from one to the next (Sobel), the longer side brought to 256 pixels: a stand-in for clutter, which the paper counts by windows of an objectness detector.</summary>
    public required double EdgeDensity { get; init; }

    /// <summary>Quality, 1 to 100, whose quantisation tables (Annex K of the JPEG standard, as libjpeg scales them) are nearest to the file's; null for other formats.</summary>
    public required int? JpegQuality { get; init; }

    /// <summary>How many other pictures of the run look almost the same; null where that was not asked for.</summary>
    public int? NearDuplicateCount { get; init; }

    /// <summary>The first of the run that looks almost the same, if it came before this one.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>Cosine of the picture's code and the mean code of the other pictures of its class, in [−1, 1], where a network was asked: low for what is unusual of its kind. It is a diagnosis by the network and no cause of its errors. Null where the class has no other picture.</summary>
    public double? Typicality { get; init; }

    /// <summary>Boxes round objects; null where no boxes were given, and so are the following.</summary>
    public int? Instances { get; init; }

    /// <summary>Mean area of the boxes by the area of the picture, in (0, 1].</summary>
    public double? Scale { get; init; }

    /// <summary>Middle of the largest box from left to right, in [0, 1].</summary>
    public double? ObjectX { get; init; }

    /// <summary>Middle of the largest box from top to bottom, in [0, 1].</summary>
    public double? ObjectY { get; init; }

    /// <summary>Width / height of the largest box.</summary>
    public double? ObjectAspect { get; init; }

    /// <summary>Whether the largest box touches the border of the picture.</summary>
    public bool? Truncated { get; init; }

    /// <summary>For each box the others that it would touch if it were a tenth longer on each side, in the mean.</summary>
    public double? Neighbors { get; init; }

    /// <summary>Chance performance of localisation of the picture's class (Russakovsky et al. 2014, section 3.2.2): how probably a box of the class, copied from another picture, overlaps with one of this one's by half.</summary>
    public double? ChancePerformance { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Width} x {Height}, {Format}";
}
