namespace CnnVis;

/// <summary>A perceptually uniform, colour-blind safe colour map: 256 colours from low to high.</summary>
public sealed partial class ColorMap
{
    private readonly Rgb[] _colors;

    private ColorMap(string name, Rgb[] colors) => (Name, _colors) = (name, colors);

    /// <summary>Its name, as `ColorMap.Get` takes it.</summary>
    public string Name { get; }

    /// <summary>The colour of a value, where 0 is low and 1 is high; values outside are clamped and NaN is low.</summary>
    public Rgb this[double value] => _colors[value > 0 ? (int)Math.Min(255, value * 255 + 0.5) : 0];

    /// <summary>Black to white, the page's own convention: dark where zero.</summary>
    public static ColorMap Gray { get; } = new("Gray", [.. Enumerable.Range(0, 256).Select(i => new Rgb((byte)i, (byte)i, (byte)i))]);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
