using System.Globalization;
using System.Xml;

namespace CnnVis.Engine.Drawing.Charts;

/// <summary>Charts, and the rest of a sheet, as SVG.</summary>
internal sealed class VectorSurface(XmlWriter xml, PageColors page) : IChartSurface
{
    /// <inheritdoc/>
    public PageColors Page => page;

    /// <inheritdoc/>
    public void Rectangle(double left, double top, double width, double height, Rgb color) =>
        Element("rect", ("x", Number(left)), ("y", Number(top)), ("width", Number(width)), ("height", Number(height)), ("fill", $"{color}"));

    /// <inheritdoc/>
    public void Area(IReadOnlyList<(double X, double Y)> points, Rgb color, double opacity) =>
        Element("polygon", ("points", Points(points)), ("fill", $"{color}"), ("fill-opacity", Number(opacity)));

    /// <inheritdoc/>
    public void Line(IReadOnlyList<(double X, double Y)> points, double thickness, Rgb color, bool isDashed)
    {
        (string, string)[] line = [("points", Points(points)), ("fill", "none"), ("stroke", $"{color}"), ("stroke-width", Number(thickness)), ("stroke-linejoin", "round")];
        Element("polyline", isDashed ? [.. line, ("stroke-dasharray", "5 4")] : line);
    }

    /// <inheritdoc/>
    public void Dot(double x, double y, double radius, Rgb color, bool isOpen)
    {
        (string, string)[] place = [("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius))];
        Element("circle", isOpen ? [.. place, ("fill", "none"), ("stroke", $"{color}"), ("stroke-width", "1.6")] : [.. place, ("fill", $"{color}")]);
    }

    /// <inheritdoc/>
    public void Text(string text, TextStyle style, double x, double baseline, TextAnchor anchor, bool isUpright = false)
    {
        xml.WriteStartElement("text");
        Attribute("x", Number(x));
        Attribute("y", Number(baseline));
        Attribute("font-size", Number(style.Size));
        Attribute("fill", $"{style.On(page)}");
        if (anchor != TextAnchor.Start) Attribute("text-anchor", anchor == TextAnchor.Middle ? "middle" : "end");
        if (isUpright) Attribute("transform", $"rotate(-90 {Number(x)} {Number(baseline)})");
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    /// <summary>A picture, its pixels as crisp blocks.</summary>
    /// <param name="png">The picture as a PNG file.</param>
    /// <param name="box">Where.</param>
    public void Picture(byte[] png, PixelBox box) => Element("image", ("x", Number(box.X)), ("y", Number(box.Y)), ("width", Number(box.Width)), ("height", Number(box.Height)),
        ("style", "image-rendering:pixelated"), ("preserveAspectRatio", "none"), ("href", $"data:image/png;base64,{Convert.ToBase64String(png)}"));

    private void Element(string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) Attribute(attribute, value);
        xml.WriteEndElement();
    }

    private void Attribute(string name, string value) => xml.WriteAttributeString(name, value);

    private static string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
