using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Pages;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Reports;

/// <summary>
/// A report as one HTML page that opens from disk and asks for nothing from any network, or as Markdown with a folder of pictures. The page holds its own data, from which it can be written again, to the letter: so
/// whatever was altered in it is found.
/// </summary>
public static partial class ReportPage
{
    private const long MostBytes = 1L << 30;
    private const int LeastSide = 320;

    private static readonly int[] _qualities = [92, 80, 60];

    /// <summary>Makes pictures small enough for a page: as they are where all fit, else the larger ones with loss, and smaller, each within its share.</summary>
    /// <param name="document">The report.</param>
    /// <param name="pictures">Its pictures, PNG.</param>
    /// <param name="maximum">Characters that all may take in a page.</param>
    /// <returns>The report with the hashes of what is embedded, and the data addresses.</returns>
    public static (ReportDocument Document, string[] Sources) Embed(ReportDocument document, IReadOnlyList<byte[]> pictures, long maximum)
    {
        string[] sources = new string[pictures.Count];
        var hashes = new string[pictures.Count];
        long left = maximum;
        int waiting = pictures.Count;
        foreach (int place in Enumerable.Range(0, pictures.Count).OrderBy(p => pictures[p].Length)) // small ones leave their share to large ones
        {
            (sources[place], hashes[place]) = Small(pictures[place], left / waiting--);
            left -= sources[place].Length;
        }
        return (document with { Entries = [.. document.Entries.Select(e => e with { Pictures = [.. e.Pictures.Select(p => p with { Hash = hashes[p.Id - 1] })] })] }, sources);
    }

    /// <summary>The page.</summary>
    /// <param name="document">The report.</param>
    /// <param name="sources">Addresses of its pictures.</param>
    public static string Html(ReportDocument document, IReadOnlyList<string> sources) => PageTemplate.Render("report.html", new
    {
        Report = document,
        Created = document.Created.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        Sources = sources,
        Style = PageTemplate.Text("report.css"),
        Script = PageTemplate.Text("report.js"),
        Data = PageTemplate.Json(document),
    });

    /// <summary>The report as Markdown.</summary>
    /// <param name="document">The report.</param>
    /// <param name="sources">Addresses of its pictures.</param>
    public static string Markdown(ReportDocument document, IReadOnlyList<string> sources) => PageTemplate.Render("report.md", new
    {
        Report = document,
        Created = document.Created.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        Sources = sources,
    });

    /// <summary>Reads a page.</summary>
    /// <returns>The report, the addresses of its pictures, and what was altered in the page since it was written.</returns>
    /// <exception cref="CnnVisException">The file cannot be read, or is no report.</exception>
    public static (ReportDocument Document, IReadOnlyList<string> Sources, IReadOnlyList<(int Entry, string What)> Alterations) Read(string path)
    {
        string html = Text(path);
        ReportDocument document = Data(path, html);
        var found = Picture().Matches(html).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), m => m.Groups[2].Value);
        int count = document.Entries.Sum(e => e.Pictures.Count);
        string[] sources = [.. Enumerable.Range(1, count).Select(id => found.GetValueOrDefault(id, ""))];
        List<(int, string)> alterations = [];
        foreach (ReportEntry entry in document.Entries)
        {
            foreach (ReportPicture picture in entry.Pictures)
                if (picture.Id < 1 || picture.Id > count || HashOf(sources[picture.Id - 1]) != picture.Hash) alterations.Add((entry.Number, $"picture {picture.Id} is not the one that was written"));
            foreach (ReportCell cell in entry.Rows.SelectMany(r => r).Where(c => !c.SaysItsNumber))
                alterations.Add((entry.Number, $"it says '{VisibleText.Of(cell.Text)}' of the number {cell.Key}"));
        }
        bool isWhole = document.Entries.All(e => e.Pictures.All(p => p.Id >= 1 && p.Id <= count));
        if (isWhole && document.Version == ReportBuilder.Version && Html(document, sources) is var written && written != html) alterations.AddRange(Differences(document, written, html));
        return (document, sources, alterations);
    }

    /// <summary>What a picture may have become by <see cref="Embed"/>, of the size that it has in a page; none where it cannot have become that.</summary>
    internal static IEnumerable<PixelImage> AsEmbedded(PixelImage image, bool isWhole, int width, int height)
    {
        while (!isWhole && image.Width > width) image = Half(image);
        if ((image.Width, image.Height) != (width, height)) return [];
        return isWhole ? [image] : _qualities.Select(quality => ImageCodec.Decode(ImageCodec.Encode(image, ImageFormat.WebP, quality)));
    }

    /// <summary>Where the page that its data give differs from the file: by entry.</summary>
    private static IEnumerable<(int, string)> Differences(ReportDocument document, string written, string found)
    {
        bool any = false;
        foreach (ReportEntry entry in document.Entries)
        {
            string? before = Part(written, entry.Number), now = Part(found, entry.Number);
            if (before == now) continue;
            any = true;
            yield return (entry.Number, now is null ? "the entry is missing from the page" : $"the page says '{Around(now, before!)}' where its data say '{Around(before!, now)}'");
        }
        if (!any) yield return (0, "the page has other text than was written, outside its entries");
    }

    private static string? Part(string html, int number)
    {
        int from = html.IndexOf($"id=\"entry-{number}\"", StringComparison.Ordinal), to = from < 0 ? -1 : html.IndexOf("</article>", from, StringComparison.Ordinal);
        return to < 0 ? null : html[from..to];
    }

    /// <summary>The first line in which a text differs from another, without its markup.</summary>
    private static string Around(string text, string other)
    {
        string[] lines = text.Split('\n'), others = other.Split('\n');
        int at = Enumerable.Range(0, lines.Length).FirstOrDefault(i => i >= others.Length || lines[i] != others[i]);
        string plain = Tag().Replace(lines[at].Replace("<wbr>", "", StringComparison.Ordinal), " ").Trim();
        return VisibleText.Of(plain.Length > 80 ? plain[..80] + "…" : plain)!;
    }

    private static string Text(string path)
    {
        try
        {
            PlainFile.Ensure(path);
            if (new FileInfo(path).Length > MostBytes) throw Wrong(path, "it is larger than any report");
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"The report '{path}' cannot be read: {error.Message}", path, error);
        }
    }

    private static ReportDocument Data(string path, string html)
    {
        const string start = "<script id=\"report\" type=\"application/json\">";
        int from = html.IndexOf(start, StringComparison.Ordinal), to = from < 0 ? -1 : html.IndexOf("</script>", from, StringComparison.Ordinal);
        if (to < 0) throw Wrong(path, "it holds no data of one");
        try
        {
            ReportDocument? document = JsonSerializer.Deserialize<ReportDocument>(html.AsSpan()[(from + start.Length)..to]);
            if (document?.Format != ReportDocument.FormatName) throw Wrong(path, $"its format is '{document?.Format}'");
            return document;
        }
        catch (JsonException error)
        {
            throw new CnnVisException(ErrorIds.ReportUnreadable, $"The report '{path}' is damaged: {error.Message}", path, error);
        }
    }

    /// <summary>SHA-256 of the file in an address; empty where there is none.</summary>
    internal static string HashOf(string source)
    {
        int comma = source.IndexOf(',', StringComparison.Ordinal);
        try
        {
            return comma < 0 ? "" : ReportBuilder.Hash(Convert.FromBase64String(source[(comma + 1)..]));
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static (string Source, string Hash) Small(byte[] png, long characters)
    {
        if (4L * png.Length / 3 <= characters) return Address(png, "png");
        PixelImage image = ImageCodec.Decode(png);
        while (true)
        {
            bool last = Math.Max(image.Width, image.Height) <= LeastSide;
            foreach (int quality in _qualities)
            {
                byte[] file = ImageCodec.Encode(image, ImageFormat.WebP, quality);
                if (4L * file.Length / 3 <= characters || last && quality == _qualities[^1]) return Address(file, "webp");
            }
            image = Half(image);
        }
    }

    private static (string, string) Address(byte[] file, string type) => ($"data:image/{type};base64,{Convert.ToBase64String(file)}", ReportBuilder.Hash(file));

    /// <summary>Half as many rows and columns, each pixel the mean of four.</summary>
    private static PixelImage Half(PixelImage image)
    {
        int width = Math.Max(1, image.Width / 2), height = Math.Max(1, image.Height / 2);
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int left = 2 * x, top = 2 * y, right = Math.Min(left + 1, image.Width - 1), bottom = Math.Min(top + 1, image.Height - 1);
                for (int c = 0; c < 3; c++)
                {
                    int At(int column, int row) => image.Pixels[(row * image.Width + column) * 3 + c];
                    pixels[(y * width + x) * 3 + c] = (byte)((At(left, top) + At(right, top) + At(left, bottom) + At(right, bottom) + 2) / 4);
                }
            }
        }
        return new PixelImage(width, height, pixels);
    }

    private static CnnVisException Wrong(string path, string what) => new(ErrorIds.ReportUnreadable, $"'{path}' is no report of Export-CnnReport: {what}.", path);

    [GeneratedRegex(@"<img id=""picture-(\d+)"" src=""([^""]*)""")]
    private static partial Regex Picture();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
