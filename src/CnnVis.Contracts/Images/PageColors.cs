namespace CnnVis;

/// <summary>The colours of a page's background, text and lines.</summary>
internal sealed record PageColors
{
    /// <summary>Contrast that lines and dots of a chart need, and that text does (WCAG 2.2, 1.4.11 and 1.4.3).</summary>
    public const double GraphicContrast = 3, TextContrast = 4.5;

    private static readonly PageColors _light = new()
    {
        Paper = Rgb.White,
        Title = new Rgb(0x1a, 0x1a, 0x1a),
        Subtitle = new Rgb(0x4a, 0x4a, 0x4a),
        Caption = new Rgb(0x33, 0x33, 0x33),
        Note = new Rgb(0x66, 0x66, 0x66),
        Frame = new Rgb(0xc8, 0xc8, 0xc8),
        Rule = new Rgb(0x80, 0x80, 0x80),
        Grid = new Rgb(0xe2, 0xe2, 0xe2),
        Axis = new Rgb(0x60, 0x60, 0x60),
        Filling = new Rgb(0xee, 0xee, 0xee),
    };

    private static readonly PageColors _dark = new()
    {
        IsDark = true,
        Paper = new Rgb(0x16, 0x16, 0x16),
        Title = new Rgb(0xf2, 0xf2, 0xf2),
        Subtitle = new Rgb(0xc8, 0xc8, 0xc8),
        Caption = new Rgb(0xd8, 0xd8, 0xd8),
        Note = new Rgb(0xa6, 0xa6, 0xa6),
        Frame = new Rgb(0x4c, 0x4c, 0x4c),
        Rule = new Rgb(0x8c, 0x8c, 0x8c),
        Grid = new Rgb(0x33, 0x33, 0x33),
        Axis = new Rgb(0xa8, 0xa8, 0xa8),
        Filling = new Rgb(0x26, 0x26, 0x26),
    };

    private PageColors()
    {
    }

    /// <summary>Whether text is lighter than what it stands on.</summary>
    public bool IsDark { get; private init; }

    /// <summary>The background.</summary>
    public required Rgb Paper { get; init; }

    /// <summary>The sheet's title.</summary>
    public required Rgb Title { get; init; }

    /// <summary>The line below it, and what a colour bar measures.</summary>
    public required Rgb Subtitle { get; init; }

    /// <summary>Under a cell, and along a colour bar.</summary>
    public required Rgb Caption { get; init; }

    /// <summary>Small print.</summary>
    public required Rgb Note { get; init; }

    /// <summary>Lines around cells.</summary>
    public required Rgb Frame { get; init; }

    /// <summary>Lines around colour bars and the legend's squares, and marks below the bars.</summary>
    public required Rgb Rule { get; init; }

    /// <summary>Lines across a chart.</summary>
    public required Rgb Grid { get; init; }

    /// <summary>A chart's axes.</summary>
    public required Rgb Axis { get; init; }

    /// <summary>Where a cell has no picture.</summary>
    public required Rgb Filling { get; init; }

    /// <summary>Those of a background.</summary>
    public static PageColors Of(PageBackground background) => background == PageBackground.Dark ? _dark : _light;

    /// <summary>
    /// How a colour of a chart, meant for white, is shown: on a dark page greys change places, from black for the title's to white for the paper's, and what has too little contrast is lightened.
    /// </summary>
    /// <param name="color">The colour.</param>
    /// <param name="contrast">What is needed.</param>
    public Rgb Shown(Rgb color, double contrast = GraphicContrast)
    {
        if (!IsDark) return color;
        if (Math.Max(color.R, Math.Max(color.G, color.B)) - Math.Min(color.R, Math.Min(color.G, color.B)) <= 4)
            return Between(Title, Paper, color.G / 255.0);
        for (int step = 0; step < 10; step++)
        {
            Rgb lighter = Between(color, Rgb.White, step / 10.0);
            if (Contrast(lighter, Paper) >= contrast) return lighter;
        }
        return Rgb.White;
    }

    /// <summary>How much two colours differ in lightness, 1 to 21 (WCAG 2.2): (L₁ + 0.05) / (L₂ + 0.05), L₁ the larger relative luminance.</summary>
    public static double Contrast(Rgb a, Rgb b)
    {
        (double first, double second) = (Luminance(a), Luminance(b));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(Rgb color) => 0.2126 * Linear(color.R) + 0.7152 * Linear(color.G) + 0.0722 * Linear(color.B);

    private static double Linear(byte value) => value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static Rgb Between(Rgb from, Rgb to, double part) => new(Mixed(from.R, to.R, part), Mixed(from.G, to.G, part), Mixed(from.B, to.B, part));

    private static byte Mixed(byte from, byte to, double part) => (byte)Math.Round(from + part * (to - from));
}
