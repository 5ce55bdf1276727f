using System.Management.Automation;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures how accurate networks stay when their pictures are attacked, or corrupted.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnRobustness", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(RobustnessMeasure), typeof(RobustnessPlot), typeof(CorruptionRobustness), typeof(PerturbationStability))]
public sealed class MeasureCnnRobustnessCommand : AttackCommand, IDynamicParameters
{
    private readonly ScanParameters _scan = new();
    private ScanRun? _run;
    private Action<ImageBatch>? _look;
    private RobustnessMeasurement? _measurement;
    private CorruptionMeasurement? _corruption;
    private CorruptionMeasurement? _baseline;
    private PerturbationMeasurement? _perturbation;
    private CorruptionContext? _corruptions;

    /// <summary>Further networks: each is attacked too, and each is shown the examples that were made for the others.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference[] TransferTo { get; set; } = [];

    /// <summary>Give, instead of the measures, one object that has them all in Measures and that Export-CnnImage draws.</summary>
    [Parameter]
    public SwitchParameter Plot { get; set; }

    /// <summary>Corrupt pictures instead of attacking them: names or wildcards (GaussianNoise, gaussian_noise, *noise), or families Noise, Blur, Weather, Digital, Extra; All is ImageNet-C's fifteen, * those and the four extra. Tab lists them.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(CorruptionCompleter))]
    public string[]? Corruption { get; set; }

    /// <summary>With -Corruption: severities, from 1 to 5.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateRange(1, 5)]
    public int[] Severity { get; set; } = [1, 2, 3, 4, 5];

    /// <summary>With -Corruption: write and read each picture as JPEG of that quality, as the published pictures were with 85. Left out, it is not.</summary>
    [Parameter, ValidateRange(1, 100)]
    public int? JpegQuality { get; set; }

    /// <summary>With -Corruption: a network whose errors count as 100. Left out, it is AlexNet by its published errors where the network has ImageNet's classes and takes pictures of about 224, and nobody elsewhere.</summary>
    [Parameter, ValidateNotNull, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference? Baseline { get; set; }

    /// <summary>Measure instead how often the answer changes while a picture is perturbed little by little (ImageNet-P): GaussianNoise, ShotNoise, MotionBlur, ZoomBlur, Snow, Brightness, Translate, Rotate, Tilt, Scale, or All.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(PerturbationCompleter))]
    public string[]? Perturbation { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override string Activity => "Measuring robustness";

    /// <inheritdoc/>
    private protected override void Start()
    {
        FillsPasses = _scan.IsDivided;
        base.Start();
        _run?.Dispose();
        if (Perturbation is not null)
        {
            Alone(nameof(Perturbation), nameof(Method), nameof(Corruption));
            _perturbation = new PerturbationMeasurement(Network, Perturbations.Parse(Perturbation), Seed);
            Begin<FoundStability>(FoundStability.Kind, [Network], _perturbation.Context, (_, found) => _perturbation.Add(found), batch => _perturbation.Look(batch, ShowShare, Cancellation));
        }
        else if (Corruption is not null)
        {
            Alone(nameof(Corruption), nameof(Method));
            var query = new CorruptionQuery { Corruptions = CorruptionMethods.Parse(Corruption), Severities = [.. Severity.Distinct().Order()], JpegQuality = JpegQuality, Seed = Seed };
            _corruption = new CorruptionMeasurement(Network, query, Attacked.Labels is { } labels ? labels.Of : null, _scan.EvenSize(BatchSize));
            Network? beside = Baseline?.Resolve(this, Device);
            if (beside is not null)
            {
                if (beside.Input != Network.Input) throw new CnnVisException(ErrorIds.InvalidArgument, $"-Baseline takes other pictures than {Network.Name}: {beside.Input} instead of {Network.Input}. Take one with the same input.", beside.Name);
                PictureLabels? theirs = LabelsFor(beside);
                _baseline = new CorruptionMeasurement(beside, query, theirs is null ? null : theirs.Of, _scan.EvenSize(BatchSize));
            }
            _corruptions = new CorruptionContext(_corruption.Context, _baseline?.Context, beside is null && AlexNetErrors.IsFor(Network, query.Severities), CorruptionSummaries.Size(Network.Input), JpegQuality);
            Begin<FoundCorruptions>(FoundCorruptions.Kind, beside is null ? [Network] : [Network, beside], _corruptions, Give, Corrupted);
        }
        else
        {
            Network[] others = [.. TransferTo.Select(m => m.Resolve(this, Device))];
            if (_scan.IsDivided && Attacked.Query.Attacks.FirstOrDefault(a => a.IsUniversal) is { } universal)
                throw new CnnVisException(ErrorIds.InvalidArgument, $"{universal.Name} makes one perturbation for all pictures, and cannot be divided or resumed: leave -Checkpoint and -Shard out.", universal.Name);
            _measurement = new RobustnessMeasurement([Attacked, .. others.Select(AttackedBy)]);
            Begin<FoundVerdicts>(FoundVerdicts.Kind, [Network, .. others], new RobustnessContext(Plot), Give, batch => _measurement.Look(batch, ShowShare, Cancellation));
        }
    }

    /// <inheritdoc/>
    private protected override void Add(ImageSource source)
    {
        if (_run!.List(source)) base.Add(source);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => _look!(batch);

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
        if (_perturbation is not null) WriteObject(_perturbation.Result, enumerateCollection: true);
        if (_corruption is not null) WriteObject(_corruptions!.Results(_corruption.Measures, _baseline?.Measures ?? []), enumerateCollection: true);
        if (_measurement is null) return;
        _measurement.Finish(Cancellation);
        WriteObject(_measurement.Results(Plot), enumerateCollection: true);
    }

    private void Begin<T>(ScanKind kind, IReadOnlyList<Network> networks, object context, Action<ListedImage, T> found, Func<ImageBatch, IReadOnlyList<T>> look) where T : class
    {
        PictureRun<T> run = _scan.Begin(this, _scan.Ask(this, kind, networks, context, Question), found, Report);
        (_run, _look) = (run, batch => run.Add(batch, _ => look(batch)));
    }

    private IReadOnlyList<FoundCorruptions> Corrupted(ImageBatch batch)
    {
        var own = _corruption!.Look(batch, ShowShare, Cancellation);
        var baseline = _baseline?.Look(batch, null, Cancellation);
        return [.. own.Select((o, i) => new FoundCorruptions(o.Found, baseline?[i].Found, ScanError.Of(o.Problem)))];
    }

    private void Give(ListedImage image, FoundCorruptions found)
    {
        if (found.Problem is { } problem) Report(problem.About(image.Path));
        _corruption!.Add(found.Own);
        _baseline?.Add(found.Baseline);
    }

    private void Give(ListedImage image, FoundVerdicts found)
    {
        if (found.Problem is { } problem) Report(problem.About(image.Path));
        _measurement!.Add(found);
    }

    /// <summary>Makes sure that only one way to disturb pictures was asked for.</summary>
    private void Alone(string asked, params string[] others)
    {
        foreach (string other in others)
            if (MyInvocation.BoundParameters.ContainsKey(other)) throw new CnnVisException(ErrorIds.InvalidArgument, $"-{asked} and -{other} are different measurements: give one of them.", asked);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _run?.Dispose();
        base.Dispose(disposing);
    }
}
