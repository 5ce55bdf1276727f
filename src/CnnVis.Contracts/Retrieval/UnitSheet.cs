using System.Globalization;

namespace CnnVis;

/// <summary>Rows of images, a row a unit.</summary>
internal static class UnitSheet
{
    private const int CropSide = 112;

    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the images were read from a file without their network.</exception>
    public static Sheet Draw(IReadOnlyList<MaxActivatingUnit> units, string title, string subtitle, DrawOptions options)
    {
        SheetCell[][] rows = [.. units.Select(u => Row(u).ToArray())];
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

    private static IEnumerable<SheetCell> Row(MaxActivatingUnit unit)
    {
        foreach (MaxActivatingImage image in unit.Images)
        {
            IUnitPictures pictures = image.Pictures ?? throw new CnnVisException(ErrorIds.InvalidArgument, "These results were read without their network, so that their images cannot be drawn.", unit);
            PixelImage photo = pictures.Photo(image, unit.Crop);
            PixelImage? response = pictures.Response(unit, image);
            string caption = image.Label ?? "", mark = image.Value.ToString("G3", CultureInfo.InvariantCulture);
            if (!unit.Crop || image.InputBox.Width * image.InputBox.Height == 0) // a unit that sees nothing but padding has no crop
            {
                yield return new SheetCell(photo, caption, [OnPhoto(image.InputBox, photo, pictures.Input)]) { Mark = mark };
                if (response is not null) yield return new SheetCell(Enlarged(response, photo.Width));
                continue;
            }
            PixelImage crop = photo.Crop(OnPhoto(image.InputBox, photo, pictures.Input));
            yield return new SheetCell(Enlarged(crop, CropSide), caption) { Mark = mark };
            if (response is not null) yield return new SheetCell(Enlarged(response.Crop(image.InputBox), CropSide));
        }
    }

    private static PixelImage Enlarged(PixelImage image, int side) => image.Magnify(Math.Max(1, side / Math.Max(image.Width, image.Height)));

    private static PixelBox OnPhoto(PixelBox box, PixelImage photo, CnnInput input)
    {
        int times = Math.Max(1, photo.Width / input.Width);
        return new PixelBox(box.X * times, box.Y * times, box.Width * times, box.Height * times);
    }
}
