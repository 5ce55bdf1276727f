using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Attributes;

/// <summary>What was measured of a picture, as data.</summary>
/// <param name="Attributes">What it has by itself, and by its boxes.</param>
/// <param name="Signs">Signs that near duplicates share; null where they were not asked for.</param>
/// <param name="Thumbnail">The picture at 16 × 16; null likewise.</param>
/// <param name="Boxes">Left, top, width and height of each box; null where there are no boxes.</param>
public sealed record FoundAttributes(ImageAttributes Attributes, ulong? Signs, byte[]? Thumbnail, int[][]? Boxes)
{
    /// <summary>How files call them.</summary>
    public static PictureKind<FoundAttributes> Kind { get; } = new("Attributes", (merged, pictures, _, _) => Results(merged.Question.ContextAs<AttributeContext>(), pictures));

    /// <summary>Signs and thumbnail together; null where they were not asked for.</summary>
    internal PictureSignature? Signature => Signs is { } signs ? new PictureSignature(signs, Thumbnail ?? []) : null;

    /// <summary>The boxes.</summary>
    internal PixelBox[] PixelBoxes => [.. (Boxes ?? []).Select(b => new PixelBox(b[0], b[1], b[2], b[3]))];

    private static IEnumerable<object> Results(AttributeContext context, IEnumerable<(ListedImage Image, FoundAttributes Value)> pictures)
    {
        var scan = new AttributeScan(context);
        foreach (var (_, value) in pictures)
            if (scan.Add(value) is { } done) yield return done;
        foreach (ImageAttributes attributes in scan.Finish()) yield return attributes;
    }
}

/// <summary>What takes all pictures.</summary>
/// <param name="HasBoxes">Whether there are boxes.</param>
/// <param name="FindsDuplicates">Whether near duplicates are looked for.</param>
public sealed record AttributeContext(bool HasBoxes, bool FindsDuplicates);
