using System.Globalization;

namespace CnnVis;

/// <summary>Rows of images, a row a unit.</summary>
internal static class UnitSheet
{
    private const int Side = 160, LargestPhoto = 1024;

    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the images were read from a file without their network.</exception>
    public static Sheet Draw(IReadOnlyList<MaxActivatingUnit> units, string title, string subtitle, DrawOptions options)
    {
        bool hasLabels = units.SelectMany(u => u.Images).Select(i => i.Label).OfType<string>().Distinct(StringComparer.Ordinal).Skip(1).Any();
        SheetCell[][] rows = [.. units.Select(u => Row(u, hasLabels, options.Cancellation).ToArray())];
        int columns = rows.Select(r => r.Length).DefaultIfEmpty(0).Max();
        return new Sheet
        {
            Title = title,
            Subtitle = subtitle,
            Cells = [.. rows.SelectMany(r => r.Concat(Enumerable.Repeat(SheetCell.Empty, columns - r.Length)))],
            RowLabels = units.Count > 1 ? [.. units.Select(u => u.Name)] : [],
            Columns = Math.Max(1, columns),
            Scale = options.Magnification ?? 1,
        };
    }

    private static IEnumerable<SheetCell> Row(MaxActivatingUnit unit, bool hasLabels, CancellationToken cancellation)
    {
        foreach (MaxActivatingImage image in unit.Images)
        {
            cancellation.ThrowIfCancellationRequested();
            IUnitPictures pictures = image.Pictures ?? throw new CnnVisException(ErrorIds.InvalidArgument, "These results do not know how to draw their images: take them from Find-MaxActivatingImage or Merge-MaxActivatingImage.", unit);
            bool isCut = unit.Crop && image.InputBox.Width * image.InputBox.Height > 0; // a unit that sees nothing but padding has nothing to cut out
            PixelBox seen = isCut ? image.InputBox : new PixelBox(0, 0, pictures.Input.Width, pictures.Input.Height);
            int side = Math.Max(seen.Width, seen.Height), magnification = Math.Max(1, Side / side);
            int times = Math.Clamp(LargestPhoto / Math.Max(pictures.Input.Width, pictures.Input.Height), 1, magnification); // what is finer is magnified
            PixelImage photo = pictures.Photo(image, times).Crop(Scaled(seen, times)).Magnify(magnification / times);
            string caption = hasLabels ? image.Label ?? "" : System.IO.Path.GetFileNameWithoutExtension(image.Path);
            yield return new SheetCell(photo, caption, isCut ? null : [Scaled(image.InputBox, photo.Width / seen.Width)]) { Mark = image.Value.ToString("G3", CultureInfo.InvariantCulture) };
            if (pictures.Response(unit, image, cancellation) is { } response) yield return new SheetCell(response.Crop(seen).Magnify(photo.Width / seen.Width));
        }
    }

    private static PixelBox Scaled(PixelBox box, int times) => new(box.X * times, box.Y * times, box.Width * times, box.Height * times);
}
