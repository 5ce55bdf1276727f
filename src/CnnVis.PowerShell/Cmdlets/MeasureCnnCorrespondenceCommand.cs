using System.Management.Automation;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Alignment;
using CnnVis.Engine.Correspondence.Measurement;
using CnnVis.Engine.Images;
using CnnVis.Engine.Scans;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures how finely layers' features tell places apart.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnCorrespondence", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(CorrespondenceMeasure), typeof(CorrespondencePlot))]
public sealed class MeasureCnnCorrespondenceCommand : ImageCommand, IDynamicParameters
{
    private readonly ScanParameters _scan = new();
    private PictureRun<FoundScores>? _run;
    private CorrespondenceSummary? _summary;
    private CorrespondenceMeasurement? _measurement;

    /// <summary>Layer names or aliases, with wildcards. Left out, all ReLUs whose units have places.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>How pictures are moved: 'translate(dx,dy)' in input pixels, 'rotate(degrees)', 'scale(factor)', flip, 'affine(a,b,c,d)', 'thinplate(deviation)'. Left out, all kinds: translations on and off the largest stride, rotations by 15 and 45 degrees, scales 0.7 and 1.4, a flip, a shear and a thin plate of 0.04.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(WarpCompleter))]
    public string[]? Warp { get; set; }

    /// <summary>How features are compared: Cosine or L2.</summary>
    [Parameter]
    public CorrespondenceMetric Metric { get; set; } = CorrespondenceMetric.Cosine;

    /// <summary>Move all units together, as Find-CnnCorrespondence -Align does.</summary>
    [Parameter]
    public SwitchParameter Align { get; set; }

    /// <summary>For -Align, how much smoothness counts beside the features' distances.</summary>
    [Parameter, ValidateRange(0.0, 1e6)]
    public double? Beta { get; set; }

    /// <summary>What is added to the moved pictures' values in [0, 1].</summary>
    [Parameter, ValidateRange(-1.0, 1.0)]
    public double Brightness { get; set; }

    /// <summary>Standard deviation of normal noise on the moved pictures' values in [0, 1].</summary>
    [Parameter, ValidateRange(0.0, 1.0)]
    public double Noise { get; set; }

    /// <summary>Most units of a picture and movement that are asked, spread evenly.</summary>
    [Parameter, ValidateRange(1, 1_000_000)]
    public int MaximumPoints { get; set; } = 256;

    /// <summary>Give a measure for each movement, besides the one for all together.</summary>
    [Parameter]
    public SwitchParameter ByWarp { get; set; }

    /// <summary>Seed of thin plates, noise, random weights and features, and of the intervals.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Give, instead of the measures, one object that has them all in Measures and that Export-CnnImage draws.</summary>
    [Parameter]
    public SwitchParameter Plot { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override string Activity => "Measuring correspondence";

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null && !isPicture && question.Layer is { } layer ? CnnQuestion.OfLayer(layer) : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        if (!Align && Beta is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Beta is for -Align: add it, or leave -Beta out.", this);
        CnnWarp[]? warps = Warp?.Select(CnnWarp.Parse).ToArray();
        IReadOnlyList<CnnLayer> layers = LayersOf(Network, Layer, Question?.Layers(), () => UnitGrids.Usual(Network), "the usual ones for places", PlacedLayerSelection.Of);
        Release();
        _measurement = new CorrespondenceMeasurement(Network, layers, new MeasureOptions
        {
            Warps = warps,
            Metric = Metric,
            Alignment = Align ? new AlignmentOptions { Weight = Beta } : null,
            Brightness = Brightness,
            Noise = Noise,
            MostPoints = MaximumPoints,
            ByWarp = ByWarp,
            BatchSize = BatchSize,
            Seed = Seed,
        });
        CorrespondenceContext context = _measurement.Context(Plot);
        _summary = new CorrespondenceSummary(Network.Name, context, Network.Origin);
        _run = _scan.Begin<FoundScores>(this, _scan.Ask(this, FoundScores.Kind, [Network], context, Question?.Layer), (_, found) => _summary.Add(found), Report);
    }

    /// <inheritdoc/>
    private protected override void Add(ImageSource source)
    {
        if (_run!.List(source)) base.Add(source);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => _run!.Add(batch, _ => _measurement!.Look(batch, ShowShare, Cancellation));

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
        WriteObject(_summary!.Results, enumerateCollection: true);
    }

    private void Release()
    {
        _measurement?.Dispose();
        _run?.Dispose();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Release();
        base.Dispose(disposing);
    }
}
