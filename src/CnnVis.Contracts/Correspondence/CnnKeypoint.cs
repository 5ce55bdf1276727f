namespace CnnVis;

/// <summary>A named place on an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="X">Column of the upright photo.</param>
/// <param name="Y">Row of the upright photo.</param>
/// <param name="IsVisible">Whether it can be seen; others are never asked for.</param>
public sealed record CnnKeypoint(string Name, double X, double Y, bool IsVisible)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} ({X:0.#}, {Y:0.#}){(IsVisible ? "" : ", hidden")}");
}
