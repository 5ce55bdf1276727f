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

    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Top[0]}";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfClass(Top[0].Index);

    internal Origin? Origin { get; init; }
}
