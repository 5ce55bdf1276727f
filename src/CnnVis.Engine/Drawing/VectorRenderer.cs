using System.Text;
using System.Xml;
using CnnVis.Engine.Drawing.Charts;
using SkiaSharp;

namespace CnnVis.Engine.Drawing;

/// <summary>Writes sheets as SVG: charts and text as shapes, pictures as they are.</summary>
public static class VectorRenderer
{
    /// <summary>Whether a file name asks for SVG.</summary>
    public static bool IsVector(string path) => Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sheets below one another as one SVG file.</summary>
    /// <param name="sheets">At least one.</param>
    /// <param name="options">The page: its background and the columns that it may have; null for a white one as wide as it needs.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a sheet has nothing to draw, or is too large.</exception>
    public static byte[] Render(IReadOnlyList<Sheet> sheets, DrawOptions? options = null)
    {
        PageColors page = (options ?? DrawOptions.Default).Page;
        using var lettering = new Lettering();
        SheetLayout[] layouts = [.. sheets.Select(s => SheetLayout.Of(s, lettering.Width, options?.MaximumWidth))];
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            Size(xml, layouts.Max(l => l.Width), layouts.Sum(l => l.Height));
            xml.WriteAttributeString("font-family", "'DejaVu Sans', Verdana, sans-serif");
            int top = 0;
            foreach (SheetLayout layout in layouts)
            {
                xml.WriteStartElement("svg");
                xml.WriteAttributeString("y", XmlConvert.ToString(top));
                Size(xml, layout.Width, layout.Height);
                Draw(new VectorSurface(xml, page), layout, lettering.Width);
                xml.WriteEndElement();
                top += layout.Height;
            }
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    private static void Size(XmlWriter xml, int width, int height)
    {
        xml.WriteAttributeString("width", XmlConvert.ToString(width));
        xml.WriteAttributeString("height", XmlConvert.ToString(height));
        xml.WriteAttributeString("viewBox", $"0 0 {width} {height}");
    }

    private static void Draw(VectorSurface surface, SheetLayout layout, TextMeasure measure)
    {
        surface.Rectangle(0, 0, layout.Width, layout.Height, surface.Page.Paper);
        foreach (PlacedCell cell in layout.Cells.Where(c => !c.Cell.IsEmpty))
        {
            if (cell.Cell.Chart is { } chart) ChartPainter.Draw(chart with { Width = cell.Box.Width }, cell.Box.X, cell.Box.Y, surface, measure);
            else
            {
                surface.Rectangle(cell.Box.X - layout.Frame, cell.Box.Y - layout.Frame, cell.Box.Width + 2 * layout.Frame, cell.Box.Height + 2 * layout.Frame, surface.Page.Frame);
                surface.Picture(Png(cell.Cell.Image), cell.Box);
            }
            foreach (PixelBox box in cell.Cell.Boxes ?? []) Outline(surface, cell.Shown(box));
            if (cell.Cell.Mark.Length == 0) continue;
            double width = measure(cell.Cell.Mark, TextStyle.Mark) + 4;
            surface.Rectangle(cell.Box.X, cell.Box.Y, width, TextStyle.Mark.LineHeight, Rgb.Black);
            surface.Text(cell.Cell.Mark, TextStyle.Mark, cell.Box.X + 2, cell.Box.Y + TextStyle.Mark.Baseline, TextAnchor.Start);
        }
        foreach (PlacedBar bar in layout.ColorBars)
        {
            for (int x = 0; x < bar.Box.Width; x++) surface.Rectangle(bar.Box.X + x, bar.Box.Y, 1.05, bar.Box.Height, bar.Map[x / (bar.Box.Width - 1.0)]);
            foreach (int tick in bar.Ticks) surface.Rectangle(tick, bar.Box.Y + bar.Box.Height + 1, 1, SheetLayout.TickLength, surface.Page.Rule);
        }
        foreach (PlacedSwatch swatch in layout.Swatches) surface.Rectangle(swatch.Box.X, swatch.Box.Y, swatch.Box.Width, swatch.Box.Height, layout.HasCharts ? surface.Page.Shown(swatch.Color) : swatch.Color);
        foreach (PlacedText text in layout.Texts.Concat(layout.Cells.Select(c => c.Caption).OfType<PlacedText>()).Concat(layout.ColorBars.SelectMany(b => b.Labels)))
            surface.Text(text.Text, text.Style, text.Box.X, text.Box.Y + text.Style.Baseline, TextAnchor.Start);
    }

    private static void Outline(VectorSurface surface, PixelBox box)
    {
        (double left, double top, double width, double height) = (box.X, box.Y, box.Width, box.Height);
        (double, double)[] way = [(left, top), (left + width, top), (left + width, top + height), (left, top + height), (left, top)];
        surface.Line(way, 4, Rgb.Black, false);
        surface.Line(way, 1.5, Rgb.White, false);
    }

    private static byte[] Png(PixelImage image)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> to = bitmap.GetPixelSpan();
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            image.Pixels.Slice(3 * i, 3).CopyTo(to[(4 * i)..]);
            to[4 * i + 3] = 255;
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
