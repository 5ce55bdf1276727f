using System.Management.Automation;
using CnnVis.Engine.Attribution.Metrics;
using CnnVis.Engine.Images;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tables;
using CnnVis.Engine.Targets;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures whether saliency maps tell the truth.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SaliencyMap", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(SaliencyMeasure), typeof(SaliencyMeasureSummary))]
public sealed class MeasureSaliencyMapCommand : SaliencyCommand, IDynamicParameters
{
    private readonly ScanParameters _scan = new();
    private PictureRun<FoundMeasures>? _run;
    private readonly Queue<SaliencyMap> _maps = new(); // those that came down the pipeline, of the pictures that wait
    private SaliencyMeasurement? _measurement;
    private SaliencyMap? _like;
    private MeasureSummaries? _summaries;

    /// <summary>One or several metrics: Insertion, Deletion, PointingGame, EnergyInBox, Infidelity, ScaledInfidelity, MaxSensitivity, Completeness, Randomization. Left out, Insertion and Deletion, and PointingGame and EnergyInBox with -BoxPath.</summary>
    [Parameter(Position = 2), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(SaliencyMetricCompleter))]
    public string[]? Metric { get; set; }

    /// <summary>The class to explain, by name or index; Predicted, the default, is the one that is most probable for the picture.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(PredictedClassCompleter))]
    public string? Class { get; set; }

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and class (or label): explain that class.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>A table, separated by commas or tabs, of boxes round the objects, in pixels of the photo: with the columns file (or path), xmin, ymin, xmax and ymax, the last pixels that belong to the object, or x, y, width and height. With a column class (or label), only boxes of the explained class count.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? BoxPath { get; set; }

    /// <summary>How many pixels of the photo beside a box still count for PointingGame. Zhang et al. (2016) use 15 for photos of about 500.</summary>
    [Parameter, ValidateRange(0.0, 100_000.0)]
    public double Tolerance { get; set; } = MetricOptions.Default.Tolerance;

    /// <summary>What stands for a class: Logit, before the Softmax, or Probability. Left out, it is each method's own, as in Get-SaliencyMap, and the probability for Insertion and Deletion.</summary>
    [Parameter]
    public ClassScore? Score { get; set; }

    /// <summary>How colours are taken together for Insertion, Deletion, PointingGame, EnergyInBox and Randomization: Maximum (the largest magnitude), Sum, Mean or Norm.</summary>
    [Parameter]
    public SaliencyReduction Reduction { get; set; } = SaliencyReduction.Maximum;

    /// <summary>Steps of the curves of Insertion and Deletion.</summary>
    [Parameter, ValidateRange(1, 100_000)]
    public int CurveSteps { get; set; } = MetricOptions.Default.CurveSteps;

    /// <summary>What Insertion begins with and Deletion ends with: Zero (black), Grey, Mean, Blur, Noise, or a colour as '#808080'. Left out, Blur for Insertion and Grey for Deletion.</summary>
    [Parameter, Alias("Fill"), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(BaselineCompleter))]
    public string[]? PerturbationBaseline { get; set; }

    /// <summary>Changed copies of each picture for Infidelity, ScaledInfidelity and MaxSensitivity.</summary>
    [Parameter, ValidateRange(1, 1_000_000)]
    public int Perturbations { get; set; } = MetricOptions.Default.Perturbations;

    /// <summary>Deviation of the noise of Infidelity and ScaledInfidelity, of pixels in [0, 1].</summary>
    [Parameter, ValidateRange(1e-6, 10.0)]
    public double Deviation { get; set; } = MetricOptions.Default.Deviation;

    /// <summary>Explain another number of the network in the place of a class, as Get-SaliencyMap's -Target takes it.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(TargetCompleter))]
    public TargetReference? Target { get; set; }

    /// <summary>Largest change of a pixel, in [0, 1], for MaxSensitivity.</summary>
    [Parameter, ValidateRange(1e-6, 1.0)]
    public double Radius { get; set; } = MetricOptions.Default.Radius;

    /// <summary>Give no object for each picture but, at the end, the mean over all with its 95 % confidence interval.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override string Activity => "Measuring saliency maps";

    /// <inheritdoc/>
    private protected override void Check()
    {
        if (Target is not null && (Class ?? LabelPath) is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Target explains another number than a class: leave -Class and -LabelPath out.", Target);
        if (Class is not null && LabelPath is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Class explains one class of every picture, -LabelPath each picture's own: give one of them.", Class);
    }

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => (Class ?? LabelPath) is null && Target is null && question.Layer is null ? question : null;

    /// <inheritdoc/>
    private protected override void Process(Piped piped)
    {
        SaliencyMap? map = HasPaths || IsGiven(nameof(Method)) ? null : piped.Item as SaliencyMap;
        if (map is not null && _scan.IsDivided)
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Checkpoint and -Shard are for maps that Measure-SaliencyMap makes itself: give it pictures and -Method, or leave them out.", InputObject?.BaseObject);
        if (map is { Target.Layer: not null })
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The map explains the neuron {map.Target}; Measure-SaliencyMap measures maps of classes and of numbers.", InputObject?.BaseObject);
        if (map is not null && Class is not null && QuestionOf(piped, NetworkOf(piped))?.ClassIndex is { } index && ClassSelection.Single(NetworkOf(piped), Class) != index)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The map explains {map.Target}, and -Class names '{Class}': leave -Class out.", InputObject?.BaseObject);
        if (Kind(map) != Kind(_like) || (map is null) != (_like is null)) Leave();
        _like = map;
        if (map is not null) _maps.Enqueue(map);
        base.Process(piped);
    }

    /// <inheritdoc/>
    private protected override void Start()
    {
        MetricOptions settings = Settings();
        CnnTarget[]? targets = Target is not null ? [Target.Target] : Question?.Targets();
        MetricQuery query = new()
        {
            Methods = _like is null ? Methods() : Methods([_like.Method], _like.TargetLayer),
            Metrics = [.. (Metric ?? SaliencyMetrics.Usual(BoxPath is not null)).Select(name => SaliencyMetrics.Create(name, settings))],
            Class = targets is not null ? 0 : ClassSelection.Of(Network, Class is not null ? [Class] : Question?.Classes() ?? [ClassSelection.Predicted])[0],
            Labels = LabelPath is null ? null : LabelTable.Read(FilePaths.Plain(SessionState, LabelPath)),
            Boxes = BoxPath is null ? null : BoxTable.Read(FilePaths.Plain(SessionState, BoxPath)),
            Score = Score,
            Reduction = IsGiven(nameof(Reduction)) || _like is null ? Reduction : _like.Reduction,
            BatchSize = BatchSize,
            IsEven = _scan.IsDivided,
        };
        _measurement = new SaliencyMeasurement(targets is null ? Network : Network.Asking(targets), query);
        string[] hits = [.. query.Metrics.Where(m => m.IsHit).Select(m => m.Name)];
        if (Summary) _summaries ??= new MeasureSummaries(hits.ToHashSet(StringComparer.Ordinal));
        _run?.Dispose();
        _run = _scan.Begin<FoundMeasures>(this, _scan.Ask(this, FoundMeasures.Kind, [Network], new MetricContext(Summary, hits), Question), Give, Report);
    }

    /// <inheritdoc/>
    private protected override void Add(ImageSource source)
    {
        if (_run!.List(source)) base.Add(source);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var maps = new List<SaliencyMap>();
        if (_maps.Count > 0)
            batch.InOrder(_ => _maps.Dequeue(), (_, _) => maps.Add(_maps.Dequeue()));
        _run!.Add(batch, _ => [.. _measurement!.Measure(batch, maps.Count > 0 ? maps : null, ShowShare, Cancellation).Select(FoundMeasures.Of)]);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        base.End();
        if (_summaries is not null) WriteObject(_summaries.Summarize(), enumerateCollection: true);
    }

    /// <summary>What maps have to have in common to be measured together.</summary>
    private static (string?, string?, UnitGrid?, ClassScore?, SaliencyReduction?) Kind(SaliencyMap? map) => (map?.Method, map?.TargetLayer, map?.Grid, map?.ScoreKind, map?.Reduction);

    private void Give(ListedImage image, FoundMeasures found)
    {
        if (found.Problem is { } problem) Report(problem.About(image.Path));
        foreach (SaliencyMeasure measure in found.ToMeasures(image, Network.Name, Network.Origin))
        {
            if (_summaries is null) WriteObject(measure);
            else _summaries.Add(measure);
        }
    }

    private MetricOptions Settings() => new()
    {
        CurveSteps = CurveSteps,
        PerturbationBaseline = BaselineOf(PerturbationBaseline),
        Tolerance = Tolerance,
        Perturbations = Perturbations,
        Deviation = Deviation,
        Radius = Radius,
        Baseline = BaselineOf(Baseline),
        Seed = Seed,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _run?.Dispose();
        base.Dispose(disposing);
    }
}
