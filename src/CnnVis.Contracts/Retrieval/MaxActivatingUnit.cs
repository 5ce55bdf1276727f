namespace CnnVis;

/// <summary>A unit of a network, or a direction in a layer, with the images that activate it most.</summary>
public sealed partial record MaxActivatingUnit : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>The channel, or the unit of a layer without rows and columns; null for a direction.</summary>
    public required int? Channel { get; init; }

    /// <summary>Name of the direction; null for a channel.</summary>
    public required string? Direction { get; init; }

    /// <summary>Whether the direction was drawn at random.</summary>
    public required bool IsRandom { get; init; }

    /// <summary>Row of the one position that was looked at; null where all were.</summary>
    public required int? Row { get; init; }

    /// <summary>Column of the one position, likewise.</summary>
    public required int? Column { get; init; }

    /// <summary>The images, strongest first; of equal ones the first listed, then the first position.</summary>
    public required IReadOnlyList<MaxActivatingImage> Images { get; init; }

    /// <summary>Mean cosine between the codes of two different images of the set; null where it was not measured, or there are fewer than two.</summary>
    public double? CodeSimilarity { get; init; }

    /// <summary>The largest activation in all images; null where there is none.</summary>
    public float? Maximum => Images.Count > 0 ? Images[0].Value : null;

    /// <summary>Share of the most frequent label among the different images whose label is known; null where none is.</summary>
    public double? LabelPurity => LabelCounts() is { Length: > 0 } counts ? (double)counts.Max() / counts.Sum() : null;

    /// <summary>Entropy of the labels of these images, in bits: 0 where all are alike; null where none is known.</summary>
    public double? LabelEntropy
    {
        get
        {
            int[] counts = LabelCounts();
            double all = counts.Sum();
            return counts.Length == 0 ? null : Math.Max(0, -counts.Sum(c => c / all * Math.Log2(c / all)));
        }
    }

    /// <summary>The unit's name, as <c>pool5:12</c>, <c>pool5:12 (3, 4)</c> or <c>pool5 random 1</c>.</summary>
    public string Name => $"{Layer}{(Channel is { } channel ? $":{channel}" : $" {Direction}")}{(Row is null ? "" : $" ({Row}, {Column})")}";

    /// <summary>The name as pictures show it: of a classifier's outputs the class, as <c>prob: goldfish</c>.</summary>
    internal string Caption => Channel is { } channel && Origin?.Model.ClassOf(Layer, channel) is { } name ? $"{Layer}: {name}" : Name;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private int[] LabelCounts() => [.. Images.DistinctBy(i => i.Index).Where(i => i.Label is not null).GroupBy(i => i.Label, StringComparer.Ordinal).Select(g => g.Count())];

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => Channel is { } channel ? CnnQuestion.OfLayer(Layer, channel) with { Row = Row, Column = Column } : CnnQuestion.OfLayer(Layer);

    IEnumerable<ICnnResult> ICnnResult.Parts => Images;

    string? ICnnResult.ModelHash => ModelHash;

    internal Origin? Origin { get; init; }

    internal string? ModelHash { get; init; }
}
