namespace CnnVis;

/// <summary>A labelled picture and what a network says of it.</summary>
public sealed record ClassifiedImage : ICnnResult
{
    /// <summary>Its place among all pictures that were listed.</summary>
    public required long Index { get; init; }

    /// <summary>The picture.</summary>
    public required string Path { get; init; }

    /// <summary>The classes that are right, as the network names them. Several are acceptable labels (Beyer et al. 2020).</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Their output indices.</summary>
    public required IReadOnlyList<int> LabelIndices { get; init; }

    /// <summary>The first of them.</summary>
    public string Label => Labels[0];

    /// <summary>The most probable class.</summary>
    public required string Predicted { get; init; }

    /// <summary>Its output index.</summary>
    public required int PredictedIndex { get; init; }

    /// <summary>Its probability, in [0, 1].</summary>
    public required double Probability { get; init; }

    /// <summary>Rank of the most probable of the right classes, from 1; equal probabilities rank by lowest index.</summary>
    public required int Rank { get; init; }

    /// <summary>Entropy of the probabilities, in bits.</summary>
    public required double Entropy { get; init; }

    /// <summary>Whether the most probable class is right.</summary>
    public bool IsCorrect => Rank == 1;

    /// <summary>Whether the object was found too: a right class among those that count, and a box that overlaps enough with a true one; null where boxes are missing.</summary>
    public bool? IsLocalized { get; init; }

    /// <summary>Properties of the picture, by name: numbers, texts, dates, truth values; null where one is not known.</summary>
    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfClass(PredictedIndex);

    IEnumerable<CnnPicture> ICnnResult.Pictures => [Origin?.Picture ?? CnnPicture.OfFile(Path)];

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{VisibleText.Of(System.IO.Path.GetFileName(Path))} ({string.Join(" | ", Labels)}): {Predicted} {100 * Probability:F1} %");
}
