using System.Globalization;
using CnnVis.Engine.Mapping.Assignment;

namespace CnnVis.Engine.Mapping;

/// <summary>Lays maps out.</summary>
public static class MapPlanner
{
    private const int SmallestCell = 4, SmallestSeamedCell = 8, LargestImage = 160, SmallestImage = 16, SmallestUsual = 2048;

    /// <summary>Lays a map out; a map of three dimensions by its first two.</summary>
    /// <param name="map">What to draw.</param>
    /// <param name="options">How.</param>
    /// <param name="stop">Ends the search for a grid's cells with an exception.</param>
    /// <exception cref="CnnVisException">There is nothing to draw, or the settings do not go together (InvalidArgument).</exception>
    public static MapPlan Plan(TsneMap map, MapOptions options, CancellationToken stop = default)
    {
        MapPlane plane = MapPlane.Of(map);
        if (options.Size > options.MaximumSize) throw Wrong($"{options.Size} pixels a side are more than {options.MaximumSize}.");
        MapPlan laidOut = options.Layout switch
        {
            MapLayout.Scatter => Scatter(plane, options),
            MapLayout.Grid => Grid(map, plane, options, stop),
            _ => Fill(map, plane, options, stop),
        };
        MapPlan plan = laidOut with { Page = PageColors.Of(options.Background) };
        return map.Dimension > 2 ? plan with { Notes = [.. plan.Notes, "The first two of the map's three dimensions."] } : plan;
    }

    private static MapPlan Scatter(MapPlane plane, MapOptions options)
    {
        if (options.Seams) throw Wrong("A scatter has no neighbouring cells to draw seams between. Use -Layout Grid or Fill.");
        if (options.Columns is not null || options.Rows is not null) throw Wrong("A scatter has no columns and rows. Use -Layout Grid or Fill.");
        double root = Math.Sqrt(plane.Count);
        int most = options.ThumbnailSize is null ? options.UsualSize : options.MaximumSize;
        int size = options.Size ?? (int)Math.Clamp((options.ThumbnailSize ?? LargestImage) * root, Math.Min(SmallestUsual, most), most);
        int image = options.ThumbnailSize ?? (int)Math.Clamp(size / root, Math.Min(SmallestImage, size), LargestImage);
        if (image > size) throw Wrong($"Images of {image} pixels do not fit into a map of {size}. Give a smaller -ThumbnailSize or a larger -Size.");
        double scale = Math.Max(plane.Across, plane.Down) is > 0 and var longest ? (size - image) / longest : 0;
        int width = (int)Math.Round(plane.Across * scale), height = (int)Math.Round(plane.Down * scale);
        return new MapPlan
        {
            Width = width + image,
            Height = height + image,
            ThumbnailSize = image,
            IsFilled = false,
            Items = Enumerable.Range(0, plane.Count).Select(i => new MapItem(i, new PixelBox((int)Math.Round(plane.X[i] * width), (int)Math.Round(plane.Y[i] * height), image, image))).ToArray(),
        };
    }

    private static MapPlan Grid(TsneMap map, MapPlane plane, MapOptions options, CancellationToken stop)
    {
        int n = plane.Count;
        var (columns, rows) = (options.Columns, options.Rows) switch
        {
            ({ } c, { } r) => (c, r),
            ({ } c, null) => (c, Over(n, c)),
            (null, { } r) => (Over(n, r), r),
            _ when map.Dimension == 1 => Near(Math.Ceiling(Math.Sqrt(n))),
            _ => Near(Math.Round(Math.Sqrt(n * plane.Aspect))),
        };
        if ((long)columns * rows < n) throw Wrong($"{columns} × {rows} cells cannot hold {n} images. Give more of them, or only one of -Column and -Row.");
        int cell = Cell(options, columns, rows); // before the search, which takes a while
        if (map.Dimension == 1)
        {
            int[] order = [.. Enumerable.Range(0, n).OrderBy(i => plane.X[i]).ThenBy(i => i)], cells = new int[n];
            for (int i = 0; i < n; i++) cells[order[i]] = i;
            return Cells(map, options, columns, rows, cell, [.. cells.Select((c, i) => (c, i))]) with { Notes = [$"Grid of {columns} × {rows} cells: the map's one dimension runs through it like text."] };
        }
        CellAssignment assignment = GridAssignment.Solve(MapPlane.ToCells(plane.X, columns), MapPlane.ToCells(plane.Y, rows), columns, rows, stop);
        string quality = assignment.IsOptimal ? "the optimal assignment" : string.Create(CultureInfo.InvariantCulture, $"its cost at most {100 * assignment.LargestLoss:F2}% above the optimum (dual bound)");
        string note = string.Create(CultureInfo.InvariantCulture, $"Grid of {columns} × {rows} cells: each image {Math.Sqrt(assignment.Cost / n):F2} cells from its place in the root mean square, {quality}.");
        return Cells(map, options, columns, rows, cell, [.. assignment.Cells.Select((c, i) => (c, i))]) with { Assignment = assignment, Notes = [note] };

        (int, int) Near(double columns) => ((int)Math.Clamp(columns, 1, n), Over(n, (int)Math.Clamp(columns, 1, n)));
        static int Over(int count, int by) => (count + by - 1) / by;
    }

    private static MapPlan Fill(TsneMap map, MapPlane plane, MapOptions options, CancellationToken stop)
    {
        double aspect = map.Dimension == 1 ? double.PositiveInfinity : plane.Aspect;
        int limit = (options.Size ?? options.UsualSize) / (options.ThumbnailSize ?? SmallestSeamedCell);
        int usual = (int)Math.Clamp(Math.Round(2 * Math.Sqrt(plane.Count * (double.IsFinite(aspect) ? aspect : plane.Count))), 1, Math.Max(1, limit));
        int columns = options.Columns ?? (options.Rows is { } given && double.IsFinite(aspect) ? Whole(given * aspect) : usual);
        int rows = options.Rows ?? Whole(columns / aspect);
        int cell = Cell(options, columns, rows);
        int[] nearest = NearestPoints.Find(MapPlane.ToCells(plane.X, columns), MapPlane.ToCells(plane.Y, rows), columns, rows, stop);
        string note = $"{columns} × {rows} cells, each showing the image whose place is nearest: {nearest.Distinct().Count()} of {plane.Count}.";
        return Cells(map, options, columns, rows, cell, [.. nearest.Select((i, c) => (c, i))]) with { Notes = [note] };

        static int Whole(double value) => (int)Math.Max(1, Math.Round(value));
    }

    private static int Cell(MapOptions options, int columns, int rows)
    {
        int longest = Math.Max(columns, rows), size = options.Size ?? (options.ThumbnailSize is null ? options.UsualSize : options.MaximumSize);
        int cell = options.ThumbnailSize ?? Math.Min(LargestImage, size / longest);
        if ((long)cell * longest > size) throw Wrong($"{columns} × {rows} cells of {cell} pixels are more than {size} pixels a side. Give a smaller -ThumbnailSize{(size < options.MaximumSize ? " or a larger -Size" : "")}.");
        int least = options.Seams ? SmallestSeamedCell : SmallestCell;
        if (cell < least) throw Wrong($"{columns} × {rows} cells in {size} pixels would be {cell} pixels a side; {(options.Seams ? "with seams " : "")}they need {least}. Give a larger -Size, or write a page (.html), which may have {DeepZoom.MapPage.MaximumSize} pixels a side.");
        return cell;
    }

    private static MapPlan Cells(TsneMap map, MapOptions options, int columns, int rows, int cell, (int Cell, int Point)[] places)
    {
        int room = options.Seams ? SeamPlanner.Room(cell) : 0;
        return new MapPlan
        {
            Width = columns * cell,
            Height = rows * cell,
            Columns = columns,
            Rows = rows,
            ThumbnailSize = cell - room,
            IsFilled = true,
            Items = places.OrderBy(p => p.Cell).Select(p => new MapItem(p.Point, new PixelBox(p.Cell % columns * cell + room / 2, p.Cell / columns * cell + room / 2, cell - room, cell - room))).ToArray(),
            Seams = options.Seams ? SeamPlanner.Plan(map, columns, rows, cell, places) : [],
            SeamRoom = room,
        };
    }

    private static CnnVisException Wrong(string message) => new(ErrorIds.InvalidArgument, message);
}
