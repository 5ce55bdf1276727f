using System.Management.Automation;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Alignment;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Finds which places of two pictures look the same to a layer.</summary>
[Cmdlet(VerbsCommon.Find, "CnnCorrespondence", DefaultParameterSetName = PathSet), OutputType(typeof(CnnCorrespondence))]
public sealed class FindCnnCorrespondenceCommand : ImageCommand
{
    private CorrespondenceSearch? _search;
    private TargetPictures? _targets;

    /// <summary>The pictures that places are looked for in: files, folders or tar files, with wildcards. Each picture of -Path is compared with each of them.</summary>
    [Parameter(Mandatory = true, Position = 1), ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] TargetPath { get; set; } = [];

    /// <summary>Layer names or aliases, with wildcards; each gives an object. Left out, it is the last ReLU with at least 12 rows and columns.</summary>
    [Parameter(Position = 2), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>How features are compared: Cosine or L2.</summary>
    [Parameter]
    public CorrespondenceMetric Metric { get; set; } = CorrespondenceMetric.Cosine;

    /// <summary>Largest ratio of the distance to the match and that to the next best elsewhere; Lowe (2004) takes 0.8.</summary>
    [Parameter, ValidateRange(0.0, 1.0)]
    public double MaximumRatio { get; set; } = 1;

    /// <summary>Most input pixels between a unit's centre and where its match's own match lies. Left out, there is no limit.</summary>
    [Parameter, ValidateRange(0.0, 1e6)]
    public double? MaximumForwardBackwardError { get; set; }

    /// <summary>Keep the matches of all units, not only those whose match has them for its own.</summary>
    [Parameter]
    public SwitchParameter IncludeOneSided { get; set; }

    /// <summary>Move all units together: the least sum of the features' distances and of what differences between neighbours' displacements cost.</summary>
    [Parameter]
    public SwitchParameter Align { get; set; }

    /// <summary>For -Align, what a difference between neighbours costs: SquaredL2, as Long et al. (2014), or TruncatedL1, as SIFT flow.</summary>
    [Parameter]
    public AlignmentSmoothness Smoothness { get; set; } = AlignmentSmoothness.SquaredL2;

    /// <summary>For -Align, how much that counts beside the features' distances: beta of SquaredL2, alpha of TruncatedL1. Features are of unit length with -Metric Cosine. Left out, it is 0.1.</summary>
    [Parameter, ValidateRange(0.0, 1e6)]
    public double? Beta { get; set; }

    /// <summary>For -Align, the farthest that a unit may go to each side, in units. Left out, half of the grid.</summary>
    [Parameter, ValidateRange(1, 64)]
    public int? Window { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Finding correspondences";

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null && !isPicture && question.Layer is { } layer ? CnnQuestion.OfLayer(layer) : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        if (!Align && (Beta ?? Window) is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Beta and -Window are for -Align: add it, or leave them out.", this);
        _search = new CorrespondenceSearch(Network, LayersOf(Network, Layer, Question?.Layers(), () => [UnitGrids.Default(Network)], "the usual one for places", PlacedLayerSelection.Of), new CorrespondenceOptions
        {
            Metric = Metric,
            Alignment = Align ? new AlignmentOptions { Smoothness = Smoothness, Weight = Beta, Window = Window } : null,
            IncludeOneSided = IncludeOneSided,
            MaximumRatio = MaximumRatio,
            MaximumForwardBackwardError = MaximumForwardBackwardError ?? double.PositiveInfinity,
        });
        _targets = new TargetPictures(_search, Network, FilePaths.Resolve(this, literal: false, TargetPath, Report).SelectMany(path => ImageSources.In(path, Recurse, Report)), BatchSize);
        if (_targets.Count == 0) throw new CnnVisException(ErrorIds.NoImages, "There is no picture to compare with: -TargetPath names none.", TargetPath);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var described = _search!.Describe(batch, Cancellation);
        batch.InOrder(Report, (_, index) => Compare(described[index]));
    }

    private void Compare(DescribedPicture picture)
    {
        var photo = new Lazy<PixelImage>(picture.Photo);
        DescribedPicture source = picture with { Photo = () => photo.Value };
        int done = 0;
        foreach (DescribedPicture target in _targets!.All(Report, Cancellation))
        {
            try
            {
                foreach (CnnCorrespondence found in _search!.Between(source, target, Cancellation)) WriteObject(found);
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
            if (_targets.Count > 1) ShowShare((double)++done / _targets.Count);
        }
    }
}
