using System.Globalization;

namespace CnnVis;

/// <summary>Reconstructions side by side: a row a picture, first as it is, then from each layer.</summary>
public sealed class CnnReconstructionSheet : IVisual, ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The reconstructions, picture by picture, and of each in the same order.</summary>
    public required CnnReconstruction[] Items { get; init; }

    /// <summary>Reconstructions of each picture.</summary>
    public required int PerPicture { get; init; }

    /// <inheritdoc/>
    public Sheet Draw(DrawOptions options)
    {
        bool original = Items.All(i => i.Original is not null);
        return new Sheet
        {
            Title = $"Inverted codes of {Model}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{Items[0].Method}, up to {Items.Max(i => i.Steps)} steps; error: ‖φ(x) − φ₀‖ / ‖φ₀‖"),
            Cells = [.. Items.Chunk(PerPicture).SelectMany(row => (SheetCell[])
            [
                .. original ? [new SheetCell(row[0].Original!, System.IO.Path.GetFileNameWithoutExtension(row[0].Path) ?? "original")] : Array.Empty<SheetCell>(),
                .. row.Select(i => i.Draw(options).Cells[0]),
            ])],
            Columns = PerPicture + (original ? 1 : 0),
            Scale = options.Magnification ?? Math.Max(1, 128 / Math.Max(Items[0].Width, Items[0].Height)),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Items.Length} inverted codes of {Model}";

    Origin? ICnnResult.Origin => Origin;

    IEnumerable<ICnnResult> ICnnResult.Parts => Items;

    internal Origin? Origin { get; init; }
}
