using System.Buffers;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Images;

namespace CnnVis.Engine.Mapping;

/// <summary>
/// Draws a planned map from the top down, some rows at a time. An image is decoded when the rows come to it and dropped when they have passed, so that memory
/// follows the width of the picture, not its area or the number of images.
/// </summary>
public sealed class MapPainter
{
    /// <summary>Images that are decoded between two looks at the clock.</summary>
    private const int Chunk = 128;

    private static readonly Rgb _empty = new(0xb0, 0xb0, 0xb0);

    private readonly TsneMap _map;
    private readonly MapPlan _plan;
    private readonly LabelColors? _colors;
    private readonly PixelBox[] _shown;
    private readonly int _frame;

    /// <param name="map">The map.</param>
    /// <param name="plan">Where everything stands.</param>
    /// <param name="colors">The labels' colours; null draws no frames.</param>
    public MapPainter(TsneMap map, MapPlan plan, LabelColors? colors)
    {
        (_map, _plan, _colors) = (map, plan, colors is { Labels.Count: > 0 } ? colors : null);
        _shown = [.. plan.Items.Select(i => i.Box)];
        _frame = Math.Max(1, plan.ThumbnailSize / 24);
    }

    /// <summary>Where each item of the plan shows; known once its rows are drawn.</summary>
    public IReadOnlyList<PixelBox> Shown => _shown;

    /// <summary>Draws the picture. Each strip is to be used before the next is asked for: they share their memory.</summary>
    /// <param name="rows">Rows of a strip.</param>
    /// <param name="report">Told of each image that cannot be read; its place shows an empty frame. Called on this thread.</param>
    /// <param name="progress">Told how far it is. Called on this thread.</param>
    /// <param name="stop">Ends it with an exception.</param>
    internal IEnumerable<Canvas> Paint(int rows, Action<CnnVisException> report, Action<MapProgress>? progress, CancellationToken stop)
    {
        int strips = (_plan.Height + rows - 1) / rows, decoded = 0;
        var items = new List<int>[strips]; // in the order of drawing
        var seams = new List<Seam>[strips];
        for (int i = 0; i < strips; i++) (items[i], seams[i]) = ([], []);
        var last = new Dictionary<int, int>(); // of each point the last strip
        for (int i = 0; i < _plan.Items.Count; i++)
        {
            MapItem item = _plan.Items[i];
            for (int s = item.Box.Y / rows; s <= (item.Box.Y + item.Box.Height - 1) / rows; s++)
            {
                items[s].Add(i);
                last[item.Point] = Math.Max(s, last.GetValueOrDefault(item.Point));
            }
        }
        foreach (Seam seam in _plan.Seams)
            for (int s = seam.Room.Y / rows; s <= (seam.Room.Y + seam.Room.Height - 1) / rows; s++) seams[s].Add(seam);

        var images = new Dictionary<int, PixelImage?>();
        byte[] memory = ArrayPool<byte>.Shared.Rent(checked(_plan.Width * Math.Min(rows, _plan.Height) * 3));
        try
        {
            for (int s = 0; s < strips; s++)
            {
                int[] wanted = [.. items[s].Select(i => _plan.Items[i].Point).Where(p => _map.Points[p].Path is not null && !images.ContainsKey(p)).Distinct().Order()];
                foreach (int[] chunk in wanted.Chunk(Chunk))
                {
                    Load(chunk, images, report, stop);
                    decoded += chunk.Length;
                    progress?.Invoke(new MapProgress(decoded, last.Count));
                }
                stop.ThrowIfCancellationRequested();
                var strip = new Canvas(_plan.Width, s * rows, Math.Min(rows, _plan.Height - s * rows), _plan.Page, memory);
                foreach (int i in items[s]) Draw(strip, i, images);
                foreach (Seam seam in seams[s]) Draw(strip, seam);
                foreach (int point in images.Keys.Where(p => last[p] == s).ToArray()) images.Remove(point);
                yield return strip;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(memory);
        }
    }

    private void Load(int[] points, Dictionary<int, PixelImage?> images, Action<CnnVisException> report, CancellationToken stop)
    {
        var loaded = new (PixelImage? Image, CnnVisException? Error)[points.Length];
        Parallel.For(0, points.Length, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = ImageLoader.DefaultThreads }, i =>
        {
            CnnCode code = _map.Points[points[i]].Code;
            try
            {
                loaded[i].Image = Thumbnail.Load(code.Origin?.Picture is { } picture ? ImageSource.Of(picture) : ImageSource.Of(code.Path!), code.Tile, _plan.ThumbnailSize, _plan.IsFilled);
            }
            catch (Exception error) // whatever happens to one picture is that picture's error
            {
                loaded[i].Error = error as CnnVisException ?? new CnnVisException(ErrorIds.ImageUnreadable, $"'{code.Path}' cannot be read: {error.Message}", code.Path, error);
            }
        });
        for (int i = 0; i < points.Length; i++)
        {
            images[points[i]] = loaded[i].Image;
            if (loaded[i].Error is { } error) report(error);
        }
    }

    private void Draw(Canvas strip, int index, Dictionary<int, PixelImage?> images)
    {
        MapItem item = _plan.Items[index];
        TsnePoint point = _map.Points[item.Point];
        PixelBox box = item.Box;
        if (point.Path is null)
        {
            strip.Disc(box.X + box.Width / 2.0, box.Y + box.Height / 2.0, Math.Max(1.5, box.Width / 6.0), strip.Page.Shown((_colors ?? LabelColors.Of([]))[point.Label]));
            return;
        }
        if (images[item.Point] is not { } image)
        {
            strip.Fill(box, strip.Page.Paper);
            strip.Outline(box, _frame, _colors is null ? _empty : strip.Page.Shown(_colors[point.Label]));
            return;
        }
        _shown[index] = box = new PixelBox(box.X + (box.Width - image.Width) / 2, box.Y + (box.Height - image.Height) / 2, image.Width, image.Height);
        strip.Draw(image, box.X, box.Y);
        if (_colors is not null) strip.Outline(box, _frame, strip.Page.Shown(_colors[point.Label]));
    }

    /// <summary>A seam along the middle of its room. Where its edge runs through a pixel, the pixel takes the part that is covered, so that ink is proportional to thickness.</summary>
    private static void Draw(Canvas strip, Seam seam)
    {
        int room = seam.IsVertical ? seam.Room.Width : seam.Room.Height;
        double first = (room - seam.Thickness) / 2, last = first + seam.Thickness;
        for (int i = 0; i < room; i++)
        {
            double covered = Math.Clamp(Math.Min(last, i + 1) - Math.Max(first, i), 0, 1);
            if (covered > 0) strip.Fill(seam.IsVertical ? seam.Room with { X = seam.Room.X + i, Width = 1 } : seam.Room with { Y = seam.Room.Y + i, Height = 1 }, strip.Page.Title, covered);
        }
    }
}
