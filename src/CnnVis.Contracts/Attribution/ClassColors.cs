namespace CnnVis;

/// <summary>Colours that tell a few classes apart, by people with colour-blindness too (Okabe and Ito 2008).</summary>
internal static class ClassColors
{
    private static readonly Rgb[] _palette =
    [
        new(0xe6, 0x9f, 0x00), new(0x56, 0xb4, 0xe9), new(0x00, 0x9e, 0x73), new(0xf0, 0xe4, 0x42),
        new(0x00, 0x72, 0xb2), new(0xd5, 0x5e, 0x00), new(0xcc, 0x79, 0xa7), new(0x33, 0x33, 0x33),
    ];

    /// <summary>The colour of all classes that have none of their own.</summary>
    public static Rgb Others => new(0xdd, 0xdd, 0xdd);

    /// <summary>A colour for each of the classes that are there most often.</summary>
    public static IReadOnlyDictionary<int, Rgb> Of(int[] classes) => classes.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(_palette.Length)
        .Select((g, i) => (g.Key, Color: _palette[i])).ToDictionary(c => c.Key, c => c.Color);
}
