namespace CnnVis;

/// <summary>An 8-bit sRGB colour.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Black.</summary>
    public static Rgb Black => new(0, 0, 0);

    /// <summary>White.</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>Hexadecimal, as in <c>#1f77b4</c>.</summary>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
