namespace CnnVis;

/// <summary>A picture as a network sees it, and corrupted.</summary>
public sealed record CorruptedImage : IVisual, ICnnResult
{
    /// <summary>The picture.</summary>
    public required string Path { get; init; }

    /// <summary>The corruption.</summary>
    public required string Corruption { get; init; }

    /// <summary>From 1 to 5.</summary>
    public required int Severity { get; init; }

    /// <summary>As it was.</summary>
    public required PixelImage Original { get; init; }

    /// <summary>Corrupted.</summary>
    public required PixelImage Image { get; init; }

    /// <summary>The file that it was written to; null for none.</summary>
    public string? OutputPath { get; init; }

    Origin? ICnnResult.Origin => Origin;

    IEnumerable<CnnPicture> ICnnResult.Pictures => [OutputPath is not null ? CnnPicture.OfFile(OutputPath) : CnnPicture.Of(CnnPicture.NameOf(Path, $"{Corruption} {Severity}"), Image)];

    internal Origin? Origin { get; init; }

    /// <summary>The picture before and after.</summary>
    public Sheet Draw(DrawOptions options) => new()
    {
        Title = System.IO.Path.GetFileName(Path),
        Subtitle = $"{Corruption}, severity {Severity}",
        Cells = [new SheetCell(Original, "original"), new SheetCell(Image, $"{Corruption} {Severity}")],
        Columns = 2,
        Scale = options.Magnification,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Corruption} {Severity}";
}
