using System.Management.Automation;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures how accurate networks stay when their pictures are attacked.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnRobustness", DefaultParameterSetName = PathSet), OutputType(typeof(RobustnessMeasure), typeof(RobustnessPlot))]
public sealed class MeasureCnnRobustnessCommand : AttackCommand
{
    private RobustnessMeasurement? _measurement;

    /// <summary>Further networks: each is attacked too, and each is shown the examples that were made for the others.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference[] TransferTo { get; set; } = [];

    /// <summary>Give, instead of the measures, one object that has them all in Measures and that Export-CnnImage draws.</summary>
    [Parameter]
    public SwitchParameter Plot { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Measuring robustness";

    /// <inheritdoc/>
    private protected override void Start()
    {
        base.Start();
        Network[] others = [.. TransferTo.Select(m => m.Resolve(this, Device))];
        _measurement = new RobustnessMeasurement([Attacked, .. others.Select(AttackedBy)]);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        batch.InOrder(Report, (_, _) => { });
        _measurement!.Add(batch, Report, ShowShare, Cancellation);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        _measurement!.Finish(Cancellation);
        RobustnessMeasure[] measures = _measurement.Measures;
        if (Plot && measures.Length > 0) WriteObject(new RobustnessPlot { Measures = measures });
        else WriteObject(measures, enumerateCollection: true);
    }
}
