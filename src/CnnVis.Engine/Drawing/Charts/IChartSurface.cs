namespace CnnVis.Engine.Drawing.Charts;

/// <summary>What charts are drawn on: pixels or vectors. Places are in pixels from the upper left corner.</summary>
internal interface IChartSurface
{
    /// <summary>The page's colours; those that are given to the methods are shown as they are.</summary>
    PageColors Page { get; }

    /// <summary>A filled rectangle.</summary>
    void Rectangle(double left, double top, double width, double height, Rgb color);

    /// <summary>A filled shape through points, of which a part shows.</summary>
    void Area(IReadOnlyList<(double X, double Y)> points, Rgb color, double opacity);

    /// <summary>A line through points.</summary>
    void Line(IReadOnlyList<(double X, double Y)> points, double thickness, Rgb color, bool isDashed);

    /// <summary>A disc, or a ring.</summary>
    void Dot(double x, double y, double radius, Rgb color, bool isOpen);

    /// <summary>A line of text.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="x">Where it begins, has its middle or ends.</param>
    /// <param name="baseline">Where the letters stand.</param>
    /// <param name="anchor">What lies at <paramref name="x"/>.</param>
    /// <param name="isUpright">Whether it reads from bottom to top.</param>
    void Text(string text, TextStyle style, double x, double baseline, TextAnchor anchor, bool isUpright = false);
}
