namespace CnnVis;

public sealed partial class ColorMap
{
    /// <summary>Black to white, the page's own convention: dark where zero.</summary>
    public static ColorMap Gray { get; } = new("Gray", [.. Enumerable.Range(0, 256).Select(i => new Rgb((byte)i, (byte)i, (byte)i))]);

    /// <summary>Black over purple, red and orange to pale yellow: glowing where high.</summary>
    public static ColorMap Ember { get; } = new("Ember", ColorMapRamp.Sequential(2, 96, [(3, 300), (38, 308), (55, 352), (60, 34), (57, 71), (36, 102)]));

    /// <summary>Dark violet over blue and green to yellow.</summary>
    public static ColorMap Lagoon { get; } = new("Lagoon", ColorMapRamp.Sequential(10, 95, [(21, 312), (39, 294), (21, 255), (35, 180), (49, 135), (70, 106)]));

    /// <summary>Blue where negative, white at zero, red where positive.</summary>
    public static ColorMap Polar { get; } = new("Polar", ColorMapRamp.Diverging(97.23, 30, [(0, 250), (30, 262), (41, 280)], [(0, 42), (30, 39), (56, 33)]), isDiverging: true);

    /// <summary>Bright blue where negative, nearly black at zero, bright amber where positive.</summary>
    public static ColorMap Aurora { get; } = new("Aurora", ColorMapRamp.Diverging(6.32, 88, [(0, 270), (22, 265), (34, 254), (28, 232)], [(0, 50), (22, 55), (40, 66), (48, 84)]), isDiverging: true);

    /// <summary>Dark violet over blue and green to yellow: matplotlib's map of that name (van der Walt and Smith 2015).</summary>
    public static ColorMap Viridis { get; } = new("Viridis", ColorMapTable.Viridis);

    /// <summary>Black over violet and orange to pale yellow: matplotlib's map of that name (van der Walt and Smith 2015).</summary>
    public static ColorMap Inferno { get; } = new("Inferno", ColorMapTable.Inferno);

    /// <summary>Blue where negative, light grey at zero, red where positive (Moreland 2009).</summary>
    public static ColorMap Coolwarm { get; } = new("Coolwarm", ColorMapMsh.Coolwarm, isDiverging: true);

    /// <summary>Every map: first the sequential ones, then the diverging ones.</summary>
    public static IReadOnlyList<ColorMap> All { get; } = [Gray, Ember, Lagoon, Viridis, Inferno, Polar, Aurora, Coolwarm];

    /// <summary>The map of that name, in upper or lower case.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: no map has the name.</exception>
    public static ColorMap Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(m => m.Name.Equals(name.Replace("grey", "Gray", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase))
            ?? throw new CnnVisException(ErrorIds.InvalidArgument, $"There is no colour map '{name}'. Did you mean {Suggestion.For(name, All.Select(m => m.Name))[0]}? The maps are {string.Join(", ", All)}.", name);
    }
}
