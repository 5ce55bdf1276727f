namespace CnnVis;

/// <summary>A picture, and who is right about it.</summary>
/// <param name="Image">The picture's name.</param>
/// <param name="Path">Its file, where it is known.</param>
/// <param name="Condition">How it was shown; empty where there is one way only.</param>
/// <param name="Truth">What it shows.</param>
/// <param name="Right">Who is right.</param>
/// <param name="Wrong">What the others said first, as in <c>resnet18: cat</c>.</param>
public sealed record PictureOutcome(string Image, string? Path, string Condition, string Truth, IReadOnlyList<string> Right, IReadOnlyList<string> Wrong)
{
    /// <inheritdoc/>
    public override string ToString() => $"{VisibleText.Of(Image)} ({Truth}): {Right.Count} right, {Wrong.Count} wrong";
}
