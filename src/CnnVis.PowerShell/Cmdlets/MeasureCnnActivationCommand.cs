using System.Management.Automation;
using CnnVis.Engine.Activations;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures over many pictures what each filter does, and finds the dead ones.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnActivation", DefaultParameterSetName = PathSet), OutputType(typeof(CnnActivationStatistic))]
public sealed class MeasureCnnActivationCommand : ImageCommand
{
    private ActivationMeasurement? _measurement;

    /// <summary>Layer names or aliases, with wildcards. Left out, all ReLUs, or all layers where the network has none.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Measuring activations";

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null ? question.OfUnits() : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var layers = Layer is not null ? LayerSelection.Of(Network, Layer) : Question is { } question ? [Network.Layer(question.Layer!)] : Network.Relus;
        WriteVerbose($"Layers: {string.Join(", ", layers)}.");
        _measurement = new ActivationMeasurement(Network, layers);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        _measurement!.Add(batch, Cancellation);
        batch.InOrder(Report, (_, _) => { });
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (_measurement!.ImageCount > 0) WriteObject(_measurement.Statistics().Where(s => Question?.Channels is not { } channels || channels.Contains(s.Channel)), enumerateCollection: true);
    }
}
