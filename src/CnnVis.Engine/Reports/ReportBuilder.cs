using System.Reflection;
using System.Security.Cryptography;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Reports;

/// <summary>Gathers results into a report. Pictures are drawn at once and kept as files, so that results may go.</summary>
/// <param name="options">How pictures are drawn.</param>
public sealed class ReportBuilder(DrawOptions options)
{
    private const int ComfortableSide = 256;

    private readonly List<ReportEntry> _entries = [];
    private readonly List<byte[]> _pictures = [];
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private CnnProvenance? _tableOrigin;

    /// <summary>Version of CnnVis.</summary>
    public static string Version { get; } = typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>The files of the pictures, PNG; the first is that with id 1.</summary>
    public IReadOnlyList<byte[]> Pictures => _pictures;

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a paragraph, or a heading where it begins with #.</summary>
    public void AddText(string text)
    {
        string plain = VisibleText.Of(text.TrimStart('#', ' '))!;
        if (text.StartsWith('#')) Add(new ReportEntry { Number = Count + 1, Kind = "heading", Title = plain });
        else Add(new ReportEntry { Number = Count + 1, Kind = "text", Title = VisibleText.Of(text)! });
    }

    /// <summary>Adds a picture file as it is.</summary>
    /// <exception cref="CnnVisException">It cannot be read.</exception>
    public void AddFile(string path, CnnProvenance? provenance)
    {
        PixelImage image = ImageCodec.Decode(path, DecodeOptions.Default);
        Add(new ReportEntry { Number = Count + 1, Kind = "picture", Title = VisibleText.Of(Path.GetFileName(path))!, Pictures = [Keep(image, Path.GetFileName(path))], Origin = Origin(provenance, [path]) });
    }

    /// <summary>Adds a result: as a picture where it can be seen, with its numbers; else as a row of a table, which results of one type and one command share.</summary>
    /// <param name="result">The result.</param>
    /// <param name="values">Its properties.</param>
    /// <param name="title">What it is called.</param>
    /// <exception cref="CnnVisException">It cannot be drawn.</exception>
    public void Add(object result, IReadOnlyList<(string Name, object? Value)> values, string title)
    {
        CnnProvenance? provenance = CnnProvenance.Of(result);
        string[] columns = [.. values.Select(v => v.Name)];
        ReportCell[] row = [.. values.Select(v => ReportValues.Cell(v.Value))];
        string[] images = [.. values.Where(v => v is { Name: "Path", Value: string }).Select(v => (string)v.Value!)];
        string type = result.GetType().FullName ?? "";
        if (result is not IVisual visual)
        {
            AddRow(type, title, columns, row, provenance, images);
            return;
        }
        Sheet sheet = visual.Draw(options);
        PixelImage image = SheetRenderer.Render(sheet);
        var pair = (result as IBeforeAfter)?.BeforeAfter;
        Add(new ReportEntry
        {
            Number = Count + 1,
            Kind = pair is null ? "picture" : "pair",
            Title = VisibleText.Of(title)!,
            Type = type,
            Pictures = [Keep(image, sheet.Title.Length > 0 ? sheet.Title : title), .. pair is { } both ? [Keep(Large(both.Before.Image), both.Before.Caption), Keep(Large(both.After.Image), both.After.Caption)] : Array.Empty<ReportPicture>()],
            Columns = columns,
            Rows = [row],
            Origin = Origin(provenance, images),
        });
    }

    /// <summary>The report.</summary>
    /// <param name="title">Its title.</param>
    public ReportDocument Build(string title) => new(ReportDocument.FormatName, VisibleText.Of(title)!, Version, DateTimeOffset.Now, [.. _entries]) { Limit = options.Limit };

    /// <summary>SHA-256 of bytes, in hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>SHA-256 of a picture's file, or of its bytes in a tar file; empty where it cannot be read.</summary>
    public static string HashOf(string path)
    {
        try
        {
            ImageSource source = ImageSource.Of(path);
            using FileStream file = File.OpenRead(source.File);
            if (source.Length is not { } length) return Convert.ToHexStringLower(SHA256.HashData(file));
            byte[] bytes = new byte[length];
            file.Position = source.Offset;
            file.ReadExactly(bytes);
            return Hash(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CnnVisException)
        {
            return "";
        }
    }

    private static PixelImage Large(PixelImage image) => image.Magnify(Math.Max(1, ComfortableSide / Math.Max(image.Width, image.Height)));

    private void Add(ReportEntry entry)
    {
        _entries.Add(entry);
        _tableOrigin = null;
    }

    private void AddRow(string type, string title, string[] columns, ReportCell[] row, CnnProvenance? provenance, string[] images)
    {
        if (columns.Length == 0) throw new CnnVisException(ErrorIds.NotAVisual, $"A {type} has nothing that a report could show.");
        if (_entries is [.., { Kind: "table" } table] && table.Type == type && ReferenceEquals(_tableOrigin, provenance) && table.Columns.SequenceEqual(columns))
        {
            ReportOrigin? origin = table.Origin is { } known ? known with { Images = [.. known.Images, .. Sources(images).Where(s => !known.Images.Contains(s))] } : null;
            _entries[^1] = table with { Rows = [.. table.Rows, row], Origin = origin };
            return;
        }
        Add(new ReportEntry { Number = Count + 1, Kind = "table", Title = VisibleText.Of(provenance is null ? title : type.Split('.')[^1])!, Type = type, Columns = columns, Rows = [row], Origin = Origin(provenance, images) });
        _tableOrigin = provenance;
    }

    private ReportPicture Keep(PixelImage image, string caption)
    {
        byte[] file = ImageCodec.Encode(image, ImageFormat.Png, 100);
        _pictures.Add(file);
        return new ReportPicture(_pictures.Count, VisibleText.Of(caption)!, image.Width, image.Height, Hash(file));
    }

    private ReportOrigin? Origin(CnnProvenance? provenance, string[] images) => provenance is null ? null
        : new ReportOrigin(provenance.Command, VisibleText.Of(provenance.Line)!, [.. provenance.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Parameter(p.Key, p.Value))], provenance.IsRepeatable, provenance.HasInput, provenance.Seed, provenance.Version, provenance.Time,
            [.. provenance.Models.Select(m => new ReportSource(VisibleText.Of(m.Name)!, VisibleText.Of(m.Source)!, m is Network network ? NetworkHash.Of(network, options.Cancellation) : ""))], [.. Sources(images)]);

    private IEnumerable<ReportSource> Sources(string[] images) => images.Select(path =>
    {
        if (!_hashes.TryGetValue(path, out string? hash)) _hashes[path] = hash = HashOf(path);
        return new ReportSource(VisibleText.Of(path)!, "", hash);
    });

    private static ReportParameter Parameter(string name, object? value) => new(name, value is string[] texts ? texts : [value?.ToString() ?? ""], value is bool);
}
