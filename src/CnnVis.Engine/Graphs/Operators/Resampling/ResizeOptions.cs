namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>How Resize makes a number of its neighbours.</summary>
/// <param name="Mode">nearest, linear or cubic.</param>
/// <param name="NearestMode">Which of two neighbours is nearest.</param>
/// <param name="CubicA">The cubic kernel's parameter.</param>
/// <param name="ExcludeOutside">Whether neighbours beyond the border have no weight; otherwise they are the border.</param>
/// <param name="Antialias">Whether the kernel widens where the map shrinks.</param>
internal sealed record ResizeOptions(string Mode, string NearestMode, float CubicA, bool ExcludeOutside, bool Antialias)
{
    public ResizeOptions(OperatorAttributes attributes) : this(
        attributes.OneOf("mode", "nearest", "linear", "cubic"),
        attributes.OneOf("nearest_mode", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil"),
        attributes.Number("cubic_coeff_a", -0.75f),
        attributes.Integer("exclude_outside", 0) != 0,
        attributes.Integer("antialias", 0) != 0)
    { }

    /// <summary>Positions of the original from the first to the last that count for one of the resized.</summary>
    public long Span(float scale)
    {
        long span = Mode switch { "nearest" => 1, "linear" => 2, _ => 4 };
        return Antialias && scale < 1 && Mode != "nearest" ? (long)Math.Ceiling(span / scale) : span;
    }
}
