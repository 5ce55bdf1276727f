namespace CnnVis;

/// <summary>A box in pixels of the upright photo, which may be fractions.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record KeypointBox(double X, double Y, double Width, double Height)
{
    /// <summary>The longer side, which errors are compared with.</summary>
    public double Side => Math.Max(Width, Height);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{X:0.#}, {Y:0.#}, {Width:0.#} x {Height:0.#}");
}
