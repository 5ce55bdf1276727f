using System.Globalization;
using CnnVis.Engine.Drawing;

namespace CnnVis.Engine.Mapping;

/// <summary>What stands under a map: title, what the colours mean, the seams' scale, notes.</summary>
internal sealed class MapCaption
{
    private const int LineSpacing = 4, BlockSpacing = 12, SwatchWidth = 22, ColumnGap = 18, WidestEntry = 300, MaximumLines = 4, SampleLength = 48;

    private readonly List<PlacedText> _texts = [];
    private readonly List<(PixelBox Box, Rgb Color)> _fills = [];
    private readonly Lettering _lettering;
    private readonly int _width;
    private int _top;

    private MapCaption(int width, Lettering lettering) => (_width, _lettering) = (width, lettering);

    /// <summary>Draws it, so wide as the map is, and as high as it takes.</summary>
    public static PixelImage Draw(int width, string title, string subtitle, IReadOnlyList<LegendEntry> legend, MapPlan plan)
    {
        using var lettering = new Lettering();
        var caption = new MapCaption(width, lettering);
        caption.Write(title, TextStyle.Title);
        caption.Write(subtitle, TextStyle.Subtitle);
        if (legend.Count > 0) caption.Place([.. legend.Select(e => e with { Color = plan.Page.Shown(e.Color) })]);
        if (plan.LargestDistance > 0) caption.PlaceSeams(plan);
        if (plan.Notes.Count > 0) caption._top += BlockSpacing;
        foreach (string note in plan.Notes) caption.Write(note, TextStyle.Note);
        return caption.Render(plan.Page);
    }

    /// <summary>A number as the seams' scale shows it.</summary>
    public static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private void Write(string text, TextStyle style)
    {
        foreach (string line in TextFitting.Wrap(text, style, _width, MaximumLines, _lettering.Width))
        {
            Add(line, style, 0);
            _top += style.LineHeight + LineSpacing;
        }
    }

    private void Place(IReadOnlyList<LegendEntry> legend)
    {
        TextStyle style = TextStyle.Subtitle;
        _top += BlockSpacing;
        int room = Math.Min(_width, (int)Math.Min(WidestEntry, Math.Ceiling(legend.Max(e => _lettering.Width(e.Label, style))) + SwatchWidth));
        int columns = Math.Max(1, (_width + ColumnGap) / (room + ColumnGap)), rows = (legend.Count + columns - 1) / columns;
        int first = _top;
        for (int i = 0; i < legend.Count; i++) // down the columns, as lists are read
        {
            int left = i / rows * (room + ColumnGap);
            _top = first + i % rows * (style.LineHeight + LineSpacing);
            _fills.Add((new PixelBox(left, _top, style.LineHeight - 2, style.LineHeight - 2), legend[i].Color));
            Add(TextFitting.Elide(legend[i].Label, style, room - SwatchWidth, _lettering.Width), style, left + SwatchWidth);
        }
        _top = first + rows * (style.LineHeight + LineSpacing);
    }

    private void PlaceSeams(MapPlan plan)
    {
        TextStyle style = TextStyle.Subtitle;
        _top += BlockSpacing;
        Write("Seams: distance between the codes of neighbours, thickness in proportion to it", style);
        int line = Math.Max(plan.SeamRoom, style.LineHeight), left = 0;
        foreach (double part in new[] { 0.25, 0.5, 1 })
        {
            string text = Number(part * plan.LargestDistance);
            int room = SampleLength + LineSpacing + (int)Math.Ceiling(_lettering.Width(text, style));
            if (left > 0 && left + room > _width)
            {
                left = 0;
                _top += line + LineSpacing;
            }
            double thickness = part * plan.SeamRoom, start = (line - thickness) / 2;
            for (int y = 0; y < line; y++)
            {
                double covered = Math.Clamp(Math.Min(start + thickness, y + 1) - Math.Max(start, y), 0, 1);
                byte level = (byte)Math.Round(plan.Page.Paper.R + covered * (plan.Page.Title.R - plan.Page.Paper.R)); // both are greys
                if (covered > 0) _fills.Add((new PixelBox(left, _top + y, SampleLength, 1), new Rgb(level, level, level)));
            }
            _texts.Add(TextAt(text, style, left + SampleLength + LineSpacing, _top + (line - style.LineHeight) / 2));
            left += room + ColumnGap;
        }
        _top += line + LineSpacing;
    }

    private void Add(string text, TextStyle style, int left) => _texts.Add(TextAt(text, style, left, _top));

    private PlacedText TextAt(string text, TextStyle style, int left, int top) =>
        new(text, style, new PixelBox(left, top, Math.Min(_width - left, (int)Math.Ceiling(_lettering.Width(text, style))), style.LineHeight));

    private PixelImage Render(PageColors page)
    {
        var canvas = new Canvas(_width, Math.Max(1, _top), page);
        foreach (var (box, color) in _fills) canvas.Fill(box with { Width = Math.Min(box.Width, _width - box.X) }, color);
        foreach (PlacedText text in _texts.Where(t => t.Box.Width > 0)) _lettering.Write(canvas, text);
        return canvas.ToImage();
    }
}
