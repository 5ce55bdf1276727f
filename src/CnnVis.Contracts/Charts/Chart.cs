namespace CnnVis;

/// <summary>A chart as shapes, so that it is drawn in pixels and written as vectors alike: two axes, and marks at places that the axes measure.</summary>
public sealed record Chart
{
    /// <summary>From left to right.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>From bottom to top.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>What is drawn, each over those before.</summary>
    public required IReadOnlyList<ChartMark> Marks { get; init; }

    /// <summary>Columns, with the axes' labels.</summary>
    public int Width { get; init; } = 480;

    /// <summary>Rows, with the axes' labels.</summary>
    public int Height { get; init; } = 320;

    /// <summary>Colours of series that people who are colour-blind tell apart (Okabe and Ito 2008).</summary>
    public static IReadOnlyList<Rgb> Colors { get; } = new Rgb[] { new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167), new(230, 159, 0), new(86, 180, 233), new(90, 90, 90), new(120, 60, 20) };
}
