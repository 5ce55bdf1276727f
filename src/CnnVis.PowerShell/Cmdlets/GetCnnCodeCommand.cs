using System.Management.Automation;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Gets the codes of pictures: all values of a layer as one vector.</summary>
[Cmdlet(VerbsCommon.Get, "CnnCode", DefaultParameterSetName = PathSet), OutputType(typeof(CnnCode))]
public sealed class GetCnnCodeCommand : ImageCommand
{
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
    protected override string Activity => "Computing codes";

    /// <inheritdoc/>
    private protected override void Check()
    {
        if (Stride is not null && Tile is null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Stride is the way from one tile to the next: say how large they are with -Tile.", Stride);
    }

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null && question.Layer is { } layer ? CnnQuestion.OfLayer(layer) : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var layers = Layer is not null ? LayerSelection.Of(Network, Layer) : [Question is { } question ? Network.Layer(question.Layer!) : CodeLayer.Of(Network)];
        WriteVerbose($"Layers: {string.Join(", ", layers)}.");
        _tiles?.Dispose();
        _reader = new CodeReader(Network, layers, LabelsOf(LabelPath));
        if (Tile is { } tile) _tiles = new TileReader(Network, _reader, new TileGrid(tile[^1], tile[0], (Stride ?? tile)[^1], (Stride ?? tile)[0]), BatchSize);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        if (_tiles is null)
        {
            var codes = _reader!.Read(batch, Cancellation);
            batch.InOrder(Report, (image, index) => WriteObject(codes[index], enumerateCollection: true));
        }
        else
        {
            batch.InOrder(Report, (image, _) => WriteTiles(image.Source));
        }
    }

    private void WriteTiles(ImageSource source)
    {
        try
        {
            foreach (CnnCode code in _tiles!.Read(source, Cancellation)) WriteObject(code);
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _tiles?.Dispose();
        base.Dispose(disposing);
    }
}
