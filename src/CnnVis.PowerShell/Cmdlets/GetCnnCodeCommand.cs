using System.Management.Automation;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Scans;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Gets the codes of pictures: all values of a layer as one vector.</summary>
[Cmdlet(VerbsCommon.Get, "CnnCode", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(CnnCode))]
public sealed class GetCnnCodeCommand : ImageCommand, IDynamicParameters
{
    private readonly ScanParameters _scan = new();
    private PictureRun<FoundCodes>? _run;
    private Func<string, string?>? _labels;
    private CodeReader? _reader;
    private TileReader? _tiles;

    /// <summary>Layer names or aliases, with wildcards. Left out, it is the layer that the classifier reads: the last ReLU, or its pooling where the network pools behind it.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Give the codes of tiles of each picture, not of the whole: a tile's rows and columns in pixels of the upright photo, one number for both.</summary>
    [Parameter, ValidateCount(1, 2), ValidateRange(1, 1_000_000)]
    public int[]? Tile { get; set; }

    /// <summary>Rows and columns from one tile to the next, one number for both. Left out, tiles lie side by side.</summary>
    [Parameter, ValidateCount(1, 2), ValidateRange(1, 1_000_000)]
    public int[]? Stride { get; set; }

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and label (or class). Left out, a picture's label is the name of its folder.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override string Activity => "Computing codes";

    /// <inheritdoc/>
    private protected override void Check()
    {
        if (Stride is not null && Tile is null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Stride is the way from one tile to the next: say how large they are with -Tile.", Stride);
        _labels = LabelsOf(LabelPath);
    }

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null && question.Layer is { } layer ? CnnQuestion.OfLayer(layer) : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var layers = LayersOf(Network, Layer, Question?.Layers(), () => [CodeLayer.Of(Network)], "what the classifier reads");
        Release();
        _reader = new CodeReader(Network, layers, _ => null, _scan.EvenSize(BatchSize));
        if (Tile is { } tile) _tiles = new TileReader(Network, _reader, new TileGrid(tile[^1], tile[0], (Stride ?? tile)[^1], (Stride ?? tile)[0]), BatchSize);
        ScanQuestion asked = _scan.Ask(this, FoundCodes.Kind, [Network], new Dictionary<string, string>(), Question?.Layer);
        _run = _scan.Begin<FoundCodes>(this, asked, Give, Report);
    }

    /// <inheritdoc/>
    private protected override void Add(ImageSource source)
    {
        ImageSource labelled = source with { Label = source.Label ?? _labels!(source.Path) };
        if (_run!.List(labelled)) base.Add(labelled);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => _run!.Add(batch, _ => _tiles is null
        ? [.. _reader!.Read(batch, Cancellation).Select(codes => FoundCodes.Of(codes))]
        : [.. batch.Readable.Select(image => Tiles(image.Source))]);

    private void Give(ListedImage image, FoundCodes found)
    {
        foreach (CnnCode code in found.ToCodes(image, Network.Name, Network.Origin)) WriteObject(code);
        if (found.Problem is { } problem) Report(problem.About(image.Path));
    }

    private FoundCodes Tiles(ImageSource source)
    {
        var codes = new List<CnnCode>();
        try
        {
            codes.AddRange(_tiles!.Read(source, Cancellation));
            return FoundCodes.Of(codes);
        }
        catch (CnnVisException error)
        {
            return FoundCodes.Of(codes, error);
        }
    }

    private void Release()
    {
        _tiles?.Dispose();
        _run?.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Release();
        base.Dispose(disposing);
    }
}
