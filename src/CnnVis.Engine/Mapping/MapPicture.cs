using System.Globalization;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Mapping;

/// <summary>A map as one picture file.</summary>
public static class MapPicture
{
    /// <summary>Rows drawn at a time.</summary>
    internal const int StripRows = 256;

    private const int Margin = 20, NarrowestCaption = 320;

    /// <summary>Writes a picture: the map, and with a legend a margin and a caption below it. A PNG takes memory for some hundred rows; WebP for the whole picture, four bytes a pixel, and JPEG, whose encoder holds all coefficients, twelve.</summary>
    /// <param name="map">The map.</param>
    /// <param name="options">How it is laid out.</param>
    /// <param name="hasLegend">With title, legend, scale and notes.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="format">Of the file.</param>
    /// <param name="quality">Of JPEG and WebP, 1 to 100.</param>
    /// <param name="report">Told of each image that cannot be read; its place shows an empty frame. Called on this thread.</param>
    /// <param name="progress">Told how far it is. Called on this thread.</param>
    /// <param name="stop">Ends it with an exception.</param>
    /// <exception cref="CnnVisException">There is nothing to draw, the settings do not go together, or the format cannot hold so large a picture (InvalidArgument).</exception>
    public static MapPlan Write(TsneMap map, MapOptions options, bool hasLegend, Stream stream, ImageFormat format, int quality, Action<CnnVisException> report, Action<MapProgress>? progress = null, CancellationToken stop = default)
    {
        MapPlan plan = MapPlanner.Plan(map, options, stop);
        LabelColors? colors = Colors(map, options);
        int margin = hasLegend ? Margin : 0, width = hasLegend ? Math.Max(plan.Width, NarrowestCaption) + 2 * margin : plan.Width;
        PixelImage? caption = hasLegend ? MapCaption.Draw(width - 2 * margin, Title(map), Subtitle(map), colors?.Legend ?? [], plan) : null;
        int height = plan.Height + (caption is null ? 0 : caption.Height + 3 * margin);
        using RowEncoder encoder = RowEncoder.Begin(stream, width, height, format, quality);
        byte[] row = new byte[width * 3];
        WriteBlank(margin);
        foreach (Canvas strip in new MapPainter(map, plan, colors).Paint(StripRows, report, progress, stop)) WriteRows(strip.Pixels, strip.Width);
        if (caption is not null)
        {
            WriteBlank(margin);
            WriteRows(caption.Pixels, caption.Width);
            WriteBlank(margin);
        }
        encoder.Finish();
        return plan;

        void Clear()
        {
            Rgb paper = plan.Page.Paper;
            for (int i = 0; i < row.Length; i += 3) (row[i], row[i + 1], row[i + 2]) = (paper.R, paper.G, paper.B);
        }

        void WriteBlank(int rows)
        {
            Clear();
            for (int i = 0; i < rows; i++) encoder.Write(row);
        }

        void WriteRows(ReadOnlySpan<byte> pixels, int columns)
        {
            Clear();
            for (int at = 0; at < pixels.Length; at += 3 * columns)
            {
                pixels.Slice(at, 3 * columns).CopyTo(row.AsSpan(3 * margin));
                encoder.Write(row);
            }
        }
    }

    /// <summary>The colours of a map's labels; null where none are wanted.</summary>
    internal static LabelColors? Colors(TsneMap map, MapOptions options) =>
        // One label for all tells nothing.
        options.Coloring == MapColoring.Label && map.Points.ToArray().Select(p => p.Label).Distinct().Count() > 1 ? LabelColors.Of(map.Points.ToArray().Select(p => p.Label)) : null;

    /// <summary>How many images the map holds.</summary>
    internal static string Title(TsneMap map) => string.Create(CultureInfo.InvariantCulture, $"t-SNE of {map.Points.Count:N0} codes");

    /// <summary>Where the codes come from, and how the map was made.</summary>
    internal static string Subtitle(TsneMap map)
    {
        CnnCode first = map.Points[0].Code;
        bool isOne = first.Model is not null && map.Points.ToArray().All(p => p.Code.Model == first.Model && p.Code.Layer == first.Layer);
        return string.Create(CultureInfo.InvariantCulture, $"{(isOne ? $"{first.Model} {first.Layer}, " : "")}perplexity {map.Perplexity:G4}, {map.Iterations:N0} iterations, KL divergence {map.Divergence:G4}");
    }
}
