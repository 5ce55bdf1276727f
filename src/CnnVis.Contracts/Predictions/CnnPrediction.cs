namespace CnnVis;

/// <summary>What a network says of one image.</summary>
/// <param name="Path">The image file.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Top">The most probable classes, most probable first; equal ones by lowest index.</param>
public sealed record CnnPrediction(string Path, string Model, IReadOnlyList<ClassProbability> Top) : ICnnResult
{
    /// <summary>Name of the most probable class.</summary>
    public string Class => Top[0].Name;

    /// <summary>Probability of the most probable class, in [0, 1].</summary>
    public double Probability => Top[0].Probability;

    /// <summary>The second class, for tables; null where fewer were asked for. <see cref="Top"/> has them all.</summary>
    [Repeats(nameof(Top))]
    public string? Class2 => At(1)?.Name;

    /// <summary>Its probability.</summary>
    [Repeats(nameof(Top))]
    public double? Probability2 => At(1)?.Probability;

    /// <summary>The third class.</summary>
    [Repeats(nameof(Top))]
    public string? Class3 => At(2)?.Name;

    /// <summary>Its probability.</summary>
    [Repeats(nameof(Top))]
    public double? Probability3 => At(2)?.Probability;

    /// <summary>The fourth class.</summary>
    [Repeats(nameof(Top))]
    public string? Class4 => At(3)?.Name;

    /// <summary>Its probability.</summary>
    [Repeats(nameof(Top))]
    public double? Probability4 => At(3)?.Probability;

    /// <summary>The fifth class.</summary>
    [Repeats(nameof(Top))]
    public string? Class5 => At(4)?.Name;

    /// <summary>Its probability.</summary>
    [Repeats(nameof(Top))]
    public double? Probability5 => At(4)?.Probability;

    private ClassProbability? At(int place) => place < Top.Count ? Top[place] : null;

    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Top[0]}";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfClass(Top[0].Index);

    internal Origin? Origin { get; init; }
}
