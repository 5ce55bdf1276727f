using System.Globalization;

namespace CnnVis;

/// <summary>Rows of images of one size, a row a unit.</summary>
internal static class UnitSheet
{
    private const int Side = 160, LargestPhoto = 1024, MostRows = 16;

    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the images were read from a file without their network.</exception>
    public static Sheet Draw(IReadOnlyList<MaxActivatingUnit> units, string title, string subtitle, DrawOptions options)
    {
        bool hasLabels = units.SelectMany(u => u.Images).Select(i => i.Label).OfType<string>().Distinct(StringComparer.Ordinal).Skip(1).Any();
        MaxActivatingUnit[] shown = [.. units.Take(options.Limit ?? MostRows)];
        SheetCell[][] rows = [.. shown.Select(u => Row(u, hasLabels, options.Cancellation).ToArray())];
        int columns = rows.Select(r => r.Length).DefaultIfEmpty(0).Max();
        int side = rows.SelectMany(r => r).Select(c => Math.Max(c.Image.Width, c.Image.Height)).DefaultIfEmpty(1).Max();
        return new Sheet
        {
            Title = title,
            Subtitle = subtitle,
            Cells = [.. rows.SelectMany(r => r.Select(c => Squared(c, side, options.Page.Filling)).Concat(Enumerable.Repeat(SheetCell.Empty, columns - r.Length)))],
            RowLabels = shown.Length > 1 ? [.. shown.Select(u => u.Caption)] : [],
            Columns = Math.Max(1, columns),
            Scale = options.Magnification ?? 1,
            Notes = shown.Length < units.Count ? [$"The first {shown.Length} of {units.Count} units; -Limit draws more."] : [],
        };
    }

    /// <summary>The cell in the middle of a square, so that all are of one size: what lies at the picture's border is cut off there.</summary>
    private static SheetCell Squared(SheetCell cell, int side, Rgb beyond)
    {
        PixelImage image = cell.Image;
        if (image.Width == side && image.Height == side) return cell;
        int left = (side - image.Width) / 2, top = (side - image.Height) / 2;
        byte[] pixels = new byte[side * side * 3];
        for (int i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (beyond.R, beyond.G, beyond.B);
        for (int y = 0; y < image.Height; y++) image.Pixels.Slice(y * image.Width * 3, image.Width * 3).CopyTo(pixels.AsSpan(((top + y) * side + left) * 3));
        return new SheetCell(new PixelImage(side, side, pixels), cell.Caption, cell.Boxes?.Select(b => b with { X = b.X + left, Y = b.Y + top }).ToArray()) { Mark = cell.Mark };
    }

    private static IEnumerable<SheetCell> Row(MaxActivatingUnit unit, bool hasLabels, CancellationToken cancellation)
    {
        int largest = unit.Images.Select(i => Seen(unit, i)).Select(b => Math.Max(b.Width, b.Height)).DefaultIfEmpty(1).Max(); // one magnification a row
        foreach (MaxActivatingImage image in unit.Images)
        {
            cancellation.ThrowIfCancellationRequested();
            IUnitPictures pictures = PicturesOf(unit, image);
            bool isCut = IsCut(unit, image);
            PixelBox seen = Seen(unit, image);
            int magnification = Math.Max(1, Side / largest);
            int times = Math.Clamp(LargestPhoto / Math.Max(pictures.Input.Width, pictures.Input.Height), 1, magnification); // what is finer is magnified
            PixelImage photo = pictures.Photo(image, times).Crop(Scaled(seen, times)).Magnify(magnification / times);
            string caption = hasLabels ? image.Label ?? "" : System.IO.Path.GetFileNameWithoutExtension(image.Path);
            yield return new SheetCell(photo, caption, isCut ? null : [Scaled(image.InputBox, photo.Width / seen.Width)]) { Mark = image.Value.ToString("G3", CultureInfo.InvariantCulture) };
            if (pictures.Response(unit, image, cancellation) is { } response) yield return new SheetCell(response.Crop(seen).Magnify(photo.Width / seen.Width));
        }
    }

    private static IUnitPictures PicturesOf(MaxActivatingUnit unit, MaxActivatingImage image) => image.Pictures
        ?? throw new CnnVisException(ErrorIds.InvalidArgument, "These results do not know how to draw their images: take them from Find-MaxActivatingImage or Merge-MaxActivatingImage.", unit);

    /// <summary>A unit that sees nothing but padding has nothing to cut out.</summary>
    private static bool IsCut(MaxActivatingUnit unit, MaxActivatingImage image) => unit.Crop && image.InputBox.Width * image.InputBox.Height > 0;

    private static PixelBox Seen(MaxActivatingUnit unit, MaxActivatingImage image) =>
        IsCut(unit, image) ? image.InputBox : new PixelBox(0, 0, PicturesOf(unit, image).Input.Width, PicturesOf(unit, image).Input.Height);

    private static PixelBox Scaled(PixelBox box, int times) => new(box.X * times, box.Y * times, box.Width * times, box.Height * times);
}
