using System.Management.Automation;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Neighbors;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Puts pictures together of the pieces of others whose features are nearest.</summary>
[Cmdlet(VerbsCommon.New, "CnnNeighborImage", DefaultParameterSetName = PathSet), OutputType(typeof(CnnNeighborImage), typeof(CnnNeighborSheet))]
public sealed class NewCnnNeighborImageCommand : ImageCommand
{
    private readonly List<CnnNeighborImage> _all = [];
    private NeighborReconstruction? _reconstruction;

    /// <summary>The pictures whose pieces are taken: files, folders or tar files, with wildcards; of a picture that is there too its own are left out.</summary>
    [Parameter(Mandatory = true, Position = 1), ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] ReferencePath { get; set; } = [];

    /// <summary>Layer names or aliases, with wildcards; each gives pictures. Left out, it is the last ReLU with at least 12 rows and columns.</summary>
    [Parameter(Position = 2), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Numbers of neighbours, each of which gives a picture.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateRange(1, 4096)]
    public int[] K { get; set; } = [1, 4, 16, 64];

    /// <summary>How features are compared: Cosine or L2.</summary>
    [Parameter]
    public CorrespondenceMetric Metric { get; set; } = CorrespondenceMetric.Cosine;

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and class (or label), for the control of the same class. Left out, it is the folder's name.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>Seed of the controls.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Give, instead of the pictures, one object that has them all in Items and that Export-CnnImage draws side by side.</summary>
    [Parameter]
    public SwitchParameter Sheet { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Looking for nearest neighbours";

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null && !isPicture && question.Layer is { } layer ? CnnQuestion.OfLayer(layer) : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        ImageSource[] references = [.. FilePaths.Resolve(this, literal: false, ReferencePath, Report).SelectMany(path => ImageSources.In(path, Recurse, Report))];
        if (references.Length == 0) throw new CnnVisException(ErrorIds.NoImages, "There is no picture to take pieces from: -ReferencePath names none.", ReferencePath);
        _reconstruction = new NeighborReconstruction(Network, LayersOf(Network, Layer, Question?.Layers(), () => [UnitGrids.Default(Network)], "the usual one for places", PlacedLayerSelection.Of), references, LabelsOf(LabelPath), new NeighborOptions
        {
            Sizes = K,
            Metric = Metric,
            BatchSize = BatchSize,
            Seed = Seed,
        });
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var made = _reconstruction!.Reconstruct(batch, Report, ShowShare, Cancellation);
        batch.InOrder(Report, (_, index) =>
        {
            if (Sheet) _all.AddRange(made[index]);
            else WriteObject(made[index], enumerateCollection: true);
        });
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (_all.Count > 0) WriteObject(new CnnNeighborSheet { Items = [.. _all] });
        _all.Clear();
    }
}
