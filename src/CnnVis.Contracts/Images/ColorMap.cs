namespace CnnVis;

/// <summary>A perceptually uniform, colour-blind safe colour map: a ramp of colours from low to high.</summary>
public sealed partial class ColorMap
{
    private readonly Rgb[] _colors;

    private ColorMap(string name, Rgb[] colors, bool isDiverging = false) => (Name, _colors, IsDiverging) = (name, colors, isDiverging);

    /// <summary>Its name, as <see cref="Get"/> takes it.</summary>
    public string Name { get; }

    /// <summary>Whether it has two hues that meet in a neutral centre, for values with a sign; its scale should then be as long below zero as above.</summary>
    public bool IsDiverging { get; }

    /// <summary>The colour of a value, where 0 is low and 1 is high; values outside are clamped and NaN is low.</summary>
    public Rgb this[double value] => _colors[value > 0 ? (int)Math.Min(_colors.Length - 1, value * (_colors.Length - 1) + 0.5) : 0];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
