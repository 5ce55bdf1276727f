using System.Net;
using System.Text;
using System.Text.Json;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Mapping.DeepZoom;

/// <summary>
/// A map as one HTML page that opens from disk, without a network or a library, over a folder of tiles beside it. Everything but the tiles is in the page: where
/// each image is, its path and its label.
/// </summary>
public static class MapPage
{
    /// <summary>Longest side of a map in a page.</summary>
    public const int MaximumSize = 65536;

    private static readonly Lazy<string> _template = new(() =>
    {
        using var reader = new StreamReader(typeof(MapPage).Assembly.GetManifestResourceStream("map-page.html")!, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    /// <summary>The folder of a page's tiles: <c>map_files</c> beside <c>map.html</c>.</summary>
    public static string Folder(string page) => Path.Join(Path.GetDirectoryName(Path.GetFullPath(page)), Path.GetFileNameWithoutExtension(page) + "_files");

    /// <summary>Writes the tiles into a folder, puts that in place, and writes the page.</summary>
    /// <param name="map">The map.</param>
    /// <param name="options">How it is laid out.</param>
    /// <param name="hasLegend">With a legend.</param>
    /// <param name="stream">Where the page goes; left open.</param>
    /// <param name="folder">Where the tiles go, beside the page.</param>
    /// <param name="name">The folder's name.</param>
    /// <param name="quality">Of the tiles, which are JPEG, 1 to 100.</param>
    /// <param name="report">Told of each image that cannot be read; its place shows an empty frame. Called on this thread.</param>
    /// <param name="progress">Told how far it is. Called on this thread.</param>
    /// <param name="stop">Ends it with an exception.</param>
    /// <exception cref="CnnVisException">There is nothing to draw, the settings do not go together (InvalidArgument), or something cannot be written (WriteFailed).</exception>
    public static MapPlan Write(TsneMap map, MapOptions options, bool hasLegend, Stream stream, AtomicFolder folder, string name, int quality, Action<CnnVisException> report, Action<MapProgress>? progress = null, CancellationToken stop = default)
    {
        MapPlan plan = MapPlanner.Plan(map, options, stop);
        LabelColors? colors = MapPicture.Colors(map, options);
        var painter = new MapPainter(map, plan, colors);
        var tiles = new TilePyramid(folder, plan.Width, plan.Height, quality);
        foreach (Canvas strip in painter.Paint(TilePyramid.TileSize, report, progress, stop)) tiles.Write(strip.Pixels, stop);
        stream.Write(Encoding.UTF8.GetBytes(Html(map, plan, painter.Shown, hasLegend ? colors : null, name)));
        folder.Place();
        return plan;
    }

    private static string Html(TsneMap map, MapPlan plan, IReadOnlyList<PixelBox> shown, LabelColors? colors, string folder)
    {
        string[] labels = [.. map.Points.ToArray().Select(p => p.Label).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        var numbers = labels.Select((l, i) => (l, i)).ToDictionary(l => l.l, l => l.i, StringComparer.Ordinal);
        string root = CommonFolder(map.Points.ToArray().Select(p => p.Path).OfType<string>());
        // The default encoder writes <, >, & and all beyond ASCII as \u escapes, so that no name can end the script or be taken for markup.
        string data = JsonSerializer.Serialize(new
        {
            width = plan.Width,
            height = plan.Height,
            tile = TilePyramid.TileSize,
            levels = TilePyramid.Levels(plan.Width, plan.Height),
            folder,
            title = MapPicture.Title(map),
            subtitle = MapPicture.Subtitle(map),
            notes = plan.Notes,
            root,
            paths = map.Points.ToArray().Select(p => p.Path?[root.Length..]),
            tiles = map.Points.ToArray().Select(p => p.Code.Tile is { } t ? new[] { t.X, t.Y, t.Width, t.Height } : null),
            labels,
            label = map.Points.ToArray().Select(p => p.Label is { } l ? numbers[l] : -1),
            points = plan.Items.Select(i => i.Point),
            boxes = shown.SelectMany(b => new[] { b.X, b.Y, b.Width, b.Height }),
            legend = colors is null ? [] : colors.Labels.Select(l => new { label = numbers[l], color = colors[l].ToString() }),
            seams = plan.LargestDistance > 0 ? new { room = plan.SeamRoom, largest = plan.LargestDistance } : null,
        });
        return _template.Value.Replace("{{title}}", WebUtility.HtmlEncode(MapPicture.Title(map)), StringComparison.Ordinal)
            .Replace("{{colors}}", Colors(plan.Page), StringComparison.Ordinal).Replace("{{data}}", data, StringComparison.Ordinal);
    }

    /// <summary>The page's colours are the tiles', which are painted: no setting of the reader changes them.</summary>
    private static string Colors(PageColors page) =>
        $"color-scheme: {(page.IsDark ? "dark" : "light")}; --paper: {page.Paper}; --ink: {page.Title}; --soft: {page.Subtitle}; --line: {page.Frame}; --rule: {page.Rule}; --tint: {page.Grid};";

    /// <summary>What all paths begin with, up to a separator.</summary>
    private static string CommonFolder(IEnumerable<string> paths)
    {
        string? common = null;
        foreach (string path in paths)
        {
            common ??= path;
            int length = Math.Min(common.Length, path.Length), same = 0;
            while (same < length && common[same] == path[same]) same++;
            common = common[..same];
        }
        return common is null ? "" : common[..(common.LastIndexOfAny(['/', '\\']) + 1)];
    }
}
