namespace CnnVis;

/// <summary>A class that is mistaken for another.</summary>
/// <param name="Class">What the pictures show.</param>
/// <param name="Predicted">What the network says.</param>
/// <param name="Count">How many pictures.</param>
/// <param name="Share">Of all that show the class.</param>
public sealed record Confusion(string Class, string Predicted, int Count, double Share)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Class} taken for {Predicted}: {Count}";
}
