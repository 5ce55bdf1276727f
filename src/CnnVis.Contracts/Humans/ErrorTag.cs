namespace CnnVis;

/// <summary>Why an answer was wrong, as somebody who looked at it says.</summary>
/// <param name="Image">The picture's name or path.</param>
/// <param name="Labeler">Whose answer it was.</param>
/// <param name="Tagger">Who says so.</param>
/// <param name="Types">The types of error; none where the tagger found no type that fits.</param>
public sealed record ErrorTag(string Image, string Labeler, string Tagger, IReadOnlyList<string> Types)
{
    /// <summary>The study that it belongs to; empty where there is one only.</summary>
    public string Experiment { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Of(Image)} by {Labeler}: {string.Join(", ", Types)}";
}
