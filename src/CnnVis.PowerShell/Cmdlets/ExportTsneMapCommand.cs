using System.Management.Automation;
using System.Runtime.ExceptionServices;
using CnnVis.Engine.Images;
using CnnVis.Engine.Mapping;
using CnnVis.Engine.Mapping.DeepZoom;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Draws maps of images: as one picture, or as a page of tiles to move about in.</summary>
[Cmdlet(VerbsData.Export, "TsneMap", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportTsneMapCommand : CnnVisCommand
{
    private const int UsualPageSize = 16384;

    private ProgressBar? _bar;
    private OutputFiles? _files;
    private Exception? _broken;
    private int _index;

    /// <summary>Maps as ConvertTo-Tsne gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file to write; its extension says what it is: a picture (png, jpg, jpeg, webp), or a page (html, htm) with a folder of tiles beside it. <c>{Index}</c> and properties of the map in braces make it a template for several maps.</summary>
    [Parameter(Mandatory = true, Position = 0), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Scatter: each image at its place, later ones over earlier ones. Grid: each in a cell of its own. Fill: each cell shows the image nearest to it.</summary>
    [Parameter]
    public MapLayout Layout { get; set; } = MapLayout.Scatter;

    /// <summary>Longest side of the map in pixels, without legend: up to 16384, of a page up to 65536. Left out, it is 2048, of a page up to 16384, or follows from -ThumbnailSize.</summary>
    [Parameter, ValidateRange(16, MapPage.MaximumSize)]
    public int? Size { get; set; }

    /// <summary>Longest side of an image in a scatter, side of a cell in the others, in pixels.</summary>
    [Parameter, ValidateRange(1, 4096), Alias("CellSize")]
    public int? ThumbnailSize { get; set; }

    /// <summary>Columns of cells. Left out, the grid has the shape of the map.</summary>
    [Parameter, ValidateRange(1, MapPage.MaximumSize)]
    public int? Column { get; set; }

    /// <summary>Rows of cells. With more cells than images some stay empty.</summary>
    [Parameter, ValidateRange(1, MapPage.MaximumSize)]
    public int? Row { get; set; }

    /// <summary>Draw seams: an edge between neighbouring cells, as thick as the distance between their codes.</summary>
    [Parameter]
    public SwitchParameter Seam { get; set; }

    /// <summary>What frames and points are coloured by: Label, or None.</summary>
    [Parameter]
    public MapColoring ColorBy { get; set; } = MapColoring.Label;

    /// <summary>What pictures and text stand on: Light, dark text on white (the default), or Dark, light text on nearly black; of a page too, whatever the reader's browser prefers.</summary>
    [Parameter]
    public PageBackground Background { get; set; }

    /// <summary>Nothing but the map: no title, legend, scale or notes.</summary>
    [Parameter]
    public SwitchParameter NoLegend { get; set; }

    /// <summary>Quality of JPEG and WebP, and of a page's tiles, 1 to 100.</summary>
    [Parameter, ValidateRange(1, 100)]
    public int Quality { get; set; } = 92;

    /// <summary>Replace files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emit the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool IsPage => System.IO.Path.GetExtension(Path).ToLowerInvariant() is ".html" or ".htm";

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        if (!IsPage && System.IO.Path.GetExtension(Path).ToLowerInvariant() is not (".png" or ".jpg" or ".jpeg" or ".webp")) // told before anything is computed
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The name '{Path}' does not say what to write: end it in .png, .jpg, .jpeg or .webp for a picture, or in .html for a page.", Path);
        _files = new OutputFiles(this, "put {Index} or another property that tells the maps apart into the file name");
        _bar = new ProgressBar(this, "Drawing a map");
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        try
        {
            if (InputObject?.BaseObject is not TsneMap map)
                throw new CnnVisException(ErrorIds.InvalidArgument, $"{InputObject?.BaseObject.GetType().Name ?? "Nothing"} is no map. Export-TsneMap takes what ConvertTo-Tsne gives.", InputObject);
            if (map.Dimension > 2) WriteWarning("The map has three dimensions, and its first two are drawn. ConvertTo-Tsne -Dimension 2 makes a map for a picture.");
            string path = FileTemplate.IsTemplate(Path) ? FileTemplate.Fill(Path, InputObject, _index++) : Path;
            string? file = IsPage ? WritePage(map, path) : WritePicture(map, path);
            if (PassThru && file is not null) WriteFile(file);
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
        catch (OperationCanceledException) when (_broken is not null)
        {
            ExceptionDispatchInfo.Throw(_broken);
        }
    }

    /// <inheritdoc/>
    protected override void End() => _bar!.End();

    private string? WritePicture(TsneMap map, string path) => _files!.Write(path, $"Write a picture of {map.Points.Count} codes", Force, stream =>
        Tell(MapPicture.Write(map, Options(), !NoLegend, stream, ImageFormats.FromExtension(path), Quality, e => Guarded(() => Report(e)), Show, Cancellation)));

    private string? WritePage(TsneMap map, string path)
    {
        AtomicFolder? tiles = null;
        try
        {
            string? page = _files!.Write(path, $"Write a page of {map.Points.Count} codes, with a folder of tiles", Force, stream =>
            {
                string folder = MapPage.Folder(FilePaths.Plain(SessionState, path));
                tiles = new AtomicFolder(folder, Force);
                var options = Options() with { MaximumSize = MapPage.MaximumSize, UsualSize = UsualPageSize };
                Tell(MapPage.Write(map, options, !NoLegend, stream, tiles, System.IO.Path.GetFileName(folder), Quality, e => Guarded(() => Report(e)), Show, Cancellation));
            });
            tiles?.Commit();
            return page;
        }
        finally
        {
            tiles?.Dispose();
        }
    }

    private MapOptions Options() => new()
    {
        Layout = Layout,
        Size = Size,
        ThumbnailSize = ThumbnailSize,
        Columns = Column,
        Rows = Row,
        Seams = Seam,
        Coloring = ColorBy,
        Background = Background,
    };

    private void Tell(MapPlan plan) => Guarded(() =>
    {
        foreach (string note in plan.Notes) WriteVerbose(note);
    });

    private void Show(MapProgress progress) => _bar!.Show(progress.Decoded / Math.Max(1.0, progress.Total),
        () => $"{progress.Decoded} of {progress.Total} images, {progress.Decoded / _bar!.Seconds:F0} a second");

    /// <summary>PowerShell ends a pipeline by exceptions of its own, as -ErrorAction Stop does: they end the file, and are not its failure.</summary>
    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error)
        {
            _broken = error;
            throw new OperationCanceledException(error.Message, error);
        }
    }
}
