using System.Management.Automation;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures how accurate networks stay when their pictures are attacked, or corrupted.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnRobustness", DefaultParameterSetName = PathSet), OutputType(typeof(RobustnessMeasure), typeof(RobustnessPlot), typeof(CorruptionRobustness), typeof(PerturbationStability))]
public sealed class MeasureCnnRobustnessCommand : AttackCommand
{
    private RobustnessMeasurement? _measurement;
    private CorruptionMeasurement? _corruption;
    private CorruptionMeasurement? _baseline;
    private PerturbationMeasurement? _perturbation;
    private Network? _beside;

    /// <summary>Further networks: each is attacked too, and each is shown the examples that were made for the others.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference[] TransferTo { get; set; } = [];

    /// <summary>Give, instead of the measures, one object that has them all in Measures and that Export-CnnImage draws.</summary>
    [Parameter]
    public SwitchParameter Plot { get; set; }

    /// <summary>Corrupt pictures instead of attacking them: names (GaussianNoise, or gaussian_noise), or families Noise, Blur, Weather, Digital, Extra; All is ImageNet-C's fifteen, * those and the four extra. Tab lists them.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(CorruptionCompleter))]
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
    protected override string Activity => "Measuring robustness";

    /// <inheritdoc/>
    private protected override void Start()
    {
        base.Start();
        if (Perturbation is not null)
        {
            Alone(nameof(Perturbation), nameof(Method), nameof(Corruption));
            _perturbation = new PerturbationMeasurement(Network, Perturbations.Parse(Perturbation), Seed);
        }
        else if (Corruption is not null)
        {
            Alone(nameof(Corruption), nameof(Method));
            var query = new CorruptionQuery { Corruptions = CorruptionMethods.Parse(Corruption), Severities = [.. Severity.Distinct().Order()], JpegQuality = JpegQuality, Seed = Seed };
            _corruption = new CorruptionMeasurement(Network, query, Attacked.Labels is { } labels ? labels.Of : null);
            _beside = Baseline?.Resolve(this, Device);
            if (_beside is null) return;
            if (_beside.Input != Network.Input) throw new CnnVisException(ErrorIds.InvalidArgument, $"-Baseline takes other pictures than {Network.Name}: {_beside.Input} instead of {Network.Input}. Take one with the same input.", _beside.Name);
            PictureLabels? theirs = LabelsFor(_beside);
            _baseline = new CorruptionMeasurement(_beside, query, theirs is null ? null : theirs.Of);
        }
        else
        {
            Network[] others = [.. TransferTo.Select(m => m.Resolve(this, Device))];
            _measurement = new RobustnessMeasurement([Attacked, .. others.Select(AttackedBy)]);
        }
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        batch.InOrder(Report, (_, _) => { });
        _measurement?.Add(batch, Report, ShowShare, Cancellation);
        _corruption?.Add(batch, Report, ShowShare, Cancellation);
        _baseline?.Add(batch, _ => { }, null, Cancellation);
        _perturbation?.Add(batch, ShowShare, Cancellation);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (_perturbation is not null) WriteObject(_perturbation.Result, enumerateCollection: true);
        if (_corruption is { Measures.Count: > 0 })
        {
            CorruptionBaseline? baseline = _baseline is not null ? CorruptionSummaries.Baseline(_baseline.Measures) : AlexNetErrors.For(Network, _corruption.Measures);
            WriteObject(CorruptionSummaries.Of(_corruption.Measures, baseline, CorruptionSummaries.Size(Network.Input), JpegQuality));
        }
        if (_measurement is null) return;
        _measurement.Finish(Cancellation);
        RobustnessMeasure[] measures = _measurement.Measures;
        if (Plot && measures.Length > 0) WriteObject(new RobustnessPlot { Measures = measures });
        else WriteObject(measures, enumerateCollection: true);
    }

    /// <summary>Makes sure that only one way to disturb pictures was asked for.</summary>
    private void Alone(string asked, params string[] others)
    {
        foreach (string other in others)
            if (MyInvocation.BoundParameters.ContainsKey(other)) throw new CnnVisException(ErrorIds.InvalidArgument, $"-{asked} and -{other} are different measurements: give one of them.", asked);
    }
}
