using System.Management.Automation;
using CnnVis.Engine.Activations;
using CnnVis.Engine.Images;
using CnnVis.Engine.Scans;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures over many pictures what each filter does, and finds the dead ones.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnActivation", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(CnnActivationStatistic))]
public sealed class MeasureCnnActivationCommand : ImageCommand, IDynamicParameters
{
    private readonly ScanParameters _scan = new();
    private SumRun<ActivationSums[]>? _run;
    private ActivationMeasurement? _measurement;

    /// <summary>Layer names or aliases, with wildcards. Left out, all ReLUs, or all layers where the network has none.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _scan;

    /// <inheritdoc/>
    protected override string Activity => "Measuring activations";

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null ? question.OfUnits() : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var layers = LayersOf(Network, Layer, Question?.Layers(), () => Network.Relus, "all ReLUs");
        _measurement = new ActivationMeasurement(Network, layers, _scan.EvenSize(BatchSize), Cancellation);
        ScanQuestion asked = _scan.Ask(this, ActivationMeasurement.Kind, [Network], new ActivationContext(Question?.Channels?.ToArray()), Question?.Layer);
        _run?.Dispose();
        _run = new SumRun<ActivationSums[]>(asked, _scan.Part, _scan.Target(this), () => _measurement.Sums, _measurement.Add);
    }

    /// <inheritdoc/>
    private protected override void Add(ImageSource source)
    {
        if (_run!.List(source)) base.Add(source);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => _run!.Add(batch, _ => _measurement!.Add(batch, Cancellation), Report);

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _run!.End();
        if (_run.Changed is { } changed) WriteWarning(changed);
        if (_measurement!.ImageCount > 0) WriteObject(_measurement.Statistics().Where(s => Question?.Channels is not { } channels || channels.Contains(s.Channel)), enumerateCollection: true);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _run?.Dispose();
        base.Dispose(disposing);
    }
}
