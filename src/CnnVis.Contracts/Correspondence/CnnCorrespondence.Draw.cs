using System.Globalization;

namespace CnnVis;

public sealed partial class CnnCorrespondence : IVisual, IBeforeAfter
{
    private const int Gap = 8, MostLines = 200;

    (SheetCell Before, SheetCell After)? IBeforeAfter.BeforeAfter => Warped is var warped && (warped.Width, warped.Height) == (TargetPhoto.Width, TargetPhoto.Height)
        ? (new SheetCell(warped, $"{System.IO.Path.GetFileName(Path)} warped onto {System.IO.Path.GetFileName(TargetPath)}"), new SheetCell(TargetPhoto, System.IO.Path.GetFileName(TargetPath))) : null;

    /// <summary>
    /// The matches as lines between the pictures, the nearest features first where <see cref="DrawOptions.Limit"/> asks for fewer; where every unit went, as colours, with their wheel; and the first picture warped onto the target beside the target.
    /// </summary>
    public Sheet Draw(DrawOptions options)
    {
        int times = Photo.Width / InputWidth;
        double longest = Math.Max(Flow.Longest, 1e-6);
        string first = System.IO.Path.GetFileName(Path), second = System.IO.Path.GetFileName(TargetPath);
        CorrespondenceMatch[] drawn = [.. Matches.OrderBy(m => m.Distance).Take(options.Limit ?? MostLines)];
        return new Sheet
        {
            Title = $"{first} and {second}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{Model}, {Layer}: {Matches.Length} matches of {Grid.Count} units ({Grid}); {(Metric == CorrespondenceMetric.Cosine ? "cosine" : "L2")}, mean distance {MeanDistance:G3}{(DeformationEnergy is { } bent ? string.Create(CultureInfo.InvariantCulture, $"; aligned, energy {DataEnergy + bent:G4}, of it {bent:G3} for bending") : "")}"),
            Cells =
            [
                new SheetCell(Lines(drawn, times, options.Page), drawn.Length < Matches.Length ? $"the {drawn.Length} nearest matches" : "matches"),
                new SheetCell(Beside(FlowWheel.Paint(Flow, longest, InputWidth, InputHeight, times), FlowWheel.Wheel(Math.Min(Photo.Width, Photo.Height) / 2, options.Page.Paper), options.Page), string.Create(CultureInfo.InvariantCulture, $"where each unit went; the wheel's rim is {longest:F1} pixels")),
                new SheetCell(Beside(Warped, TargetPhoto, options.Page), $"{first} warped onto {second}, and {second}"),
            ],
            Columns = 1,
            Scale = options.Magnification ?? 1,
        };
    }

    /// <summary>Both pictures, a line a match; lines from neighbouring places have neighbouring hues.</summary>
    private PixelImage Lines(CorrespondenceMatch[] matches, int times, PageColors page)
    {
        var canvas = new PictureCanvas(2 * Photo.Width + Gap, Photo.Height, page);
        canvas.Draw(Photo, 0, 0);
        canvas.Draw(TargetPhoto, Photo.Width + Gap, 0);
        bool few = matches.Length <= 60;
        foreach (CorrespondenceMatch match in matches)
        {
            Rgb color = FlowWheel.Color(match.X - InputWidth / 2.0, match.Y - InputHeight / 2.0, Math.Max(InputWidth, InputHeight) / 2.5);
            double x0 = match.X * times, y0 = match.Y * times, x1 = Photo.Width + Gap + match.TargetX * times, y1 = match.TargetY * times;
            canvas.Line(x0, y0, x1, y1, few ? 3.2 : 2.2, Rgb.Black, 0.45);
            canvas.Line(x0, y0, x1, y1, few ? 1.8 : 1.2, color);
            foreach (var (x, y) in ((double, double)[])[(x0, y0), (x1, y1)])
            {
                canvas.Disc(x, y, few ? 4.5 : 3.2, Rgb.Black);
                canvas.Disc(x, y, few ? 3.2 : 2.2, color);
            }
        }
        return canvas.ToImage();
    }

    private static PixelImage Beside(PixelImage left, PixelImage right, PageColors page)
    {
        var canvas = new PictureCanvas(2 * left.Width + Gap, left.Height, page);
        canvas.Draw(left, 0, 0);
        canvas.Draw(right, left.Width + Gap + (left.Width - right.Width) / 2, (left.Height - right.Height) / 2);
        return canvas.ToImage();
    }
}
