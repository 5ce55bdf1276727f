namespace CnnVis;

/// <summary>Pictures of the nearest neighbours' pieces side by side, as figure 2 of Long, Zhang and Darrell (2014): a row a picture and layer, the original and then each k, and the controls of the largest.</summary>
public sealed class CnnNeighborSheet : IVisual
{
    /// <summary>The pictures, those of one picture and layer together.</summary>
    public required CnnNeighborImage[] Items { get; init; }

    /// <inheritdoc/>
    public Sheet Draw(DrawOptions options)
    {
        CnnNeighborImage[][] rows = [.. Items.GroupBy(i => (i.Path, i.Layer)).Select(g => g.OrderBy(i => i.K).ToArray())];
        bool classes = rows.All(row => row[^1].SameClass is not null);
        return new Sheet
        {
            Title = $"Nearest neighbours of {Items[0].Model}'s features",
            Subtitle = $"each piece is the mean of the pieces at the k units of other pictures with the nearest features; PSNR in dB, SSIM; {Items.Max(i => i.ReferenceCount):N0} pictures",
            Cells =
            [
                .. rows.SelectMany(row => (SheetCell[])
                [
                    new(row[0].Original, $"{System.IO.Path.GetFileName(row[0].Path)}, {row[0].Layer}"),
                    .. row.Select(i => CnnNeighborImage.Cell(i.Nearest, $"k {i.K}")),
                    .. classes ? [CnnNeighborImage.Cell(row[^1].SameClass!, $"same class, {row[^1].K}")] : Array.Empty<SheetCell>(),
                    CnnNeighborImage.Cell(row[^1].SamePlace, $"same place, {row[^1].K}"),
                ]),
            ],
            Columns = rows.Max(row => row.Length) + (classes ? 3 : 2),
            Scale = options.Magnification ?? CnnNeighborImage.Magnification(Items[0].Original),
        };
    }
}
