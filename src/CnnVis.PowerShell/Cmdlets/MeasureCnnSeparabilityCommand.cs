using System.Management.Automation;
using CnnVis.Engine.Accuracy.Labels;
using CnnVis.Engine.Classifiers;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures for each layer of a network how well a linear classifier tells classes apart by its values.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnSeparability", DefaultParameterSetName = PathSet), OutputType(typeof(SeparabilityMeasure), typeof(SeparabilityPlot))]
public sealed class MeasureCnnSeparabilityCommand : ImageCommand
{
    private SeparabilityMeasurement? _measurement;
    private Func<string, string?>? _label;

    /// <summary>Layer names or aliases, with wildcards. Left out, all ReLUs, or all layers where the network has none.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>A table, separated by commas or tabs, of what each picture shows, with the columns file (or path) and label (or class). Left out, a picture's label is the name of its folder.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>A regular expression that finds what a picture shows in its name, or where it is not found there in its path (slashes forward, the last match): by a group called label, by its first group, or as a whole.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPattern { get; set; }

    /// <summary>Share of each class's pictures that the classifiers are asked about, and not fitted to.</summary>
    [Parameter, ValidateRange(0.01, 0.9)]
    public double TestShare { get; set; } = 0.25;

    /// <summary>λ of the penalty λ/2 · ‖W‖² on the weights over standardised values. Left out, for each layer the best on a tenth of the pictures that its classifier is fitted to.</summary>
    [Parameter, ValidateRange(0.0, 1e6)]
    public double? WeightDecay { get; set; }

    /// <summary>Maps with more numbers are averaged over places until there are at most so many.</summary>
    [Parameter, ValidateRange(1, 1_000_000)]
    public int MaxCodeLength { get; set; } = 4096;

    /// <summary>Leave out what the layers are compared with: the same network with random weights, and the pixels.</summary>
    [Parameter]
    public SwitchParameter NoBaseline { get; set; }

    /// <summary>Seed of everything random: which pictures are left out, and the random weights.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Give, instead of the measures, one object that has them all in Measures and that Export-CnnImage draws.</summary>
    [Parameter]
    public SwitchParameter Plot { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Computing codes";

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null && !isPicture && question.Layer is { } layer ? CnnQuestion.OfLayer(layer) : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        if (LabelPath is not null && LabelPattern is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "Labels come from the table of -LabelPath, or from the paths by -LabelPattern: leave one of them out.", LabelPattern);
        _label = LabelPattern is null ? LabelsOf(LabelPath) : LabelSets.Pattern(LabelPattern);
        _measurement = new SeparabilityMeasurement(Network, LayersOf(Network, Layer, Question?.Layers(), () => Network.Relus, "all ReLUs"), new SeparabilityOptions
        {
            TestShare = TestShare,
            MaxCodeLength = MaxCodeLength,
            HasBaselines = !NoBaseline,
            Fitting = new ClassifierOptions { WeightDecay = WeightDecay, Seed = Seed },
        });
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        batch.InOrder(Report, (_, _) => { });
        _measurement!.Add(batch, image => image.Source.Label ?? _label!(image.Path), Report, Cancellation);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (_measurement!.Count == 0) return;
        var bar = new ProgressBar(this, "Fitting classifiers");
        var measures = new List<SeparabilityMeasure>();
        foreach (SeparabilityMeasure measure in _measurement.Measures((layer, share) => bar.Show(share, () => layer), Cancellation))
        {
            measures.Add(measure);
            if (!Plot) WriteObject(measure);
        }
        bar.End();
        if (Plot) WriteObject(new SeparabilityPlot { Measures = measures.ToArray() });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _measurement?.Dispose();
        base.Dispose(disposing);
    }
}
