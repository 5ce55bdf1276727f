using System.Management.Automation;
using CnnVis.Engine.Images;
using CnnVis.Engine.Predictions;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Says what a network sees in pictures.</summary>
[Cmdlet(VerbsCommon.Get, "CnnPrediction", DefaultParameterSetName = PathSet), OutputType(typeof(CnnPrediction))]
public sealed class GetCnnPredictionCommand : ImageCommand
{
    private Predictor? _predictor;

    /// <summary>How many classes to report, the most probable first. Left out beside -Class, it is all of those.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 5;

    /// <summary>Report only these classes, by name, with wildcards, or index, whatever their rank.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ClassCompleter))]
    public string[]? Class { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Predicting";

    /// <inheritdoc/>
    private protected override void Start()
    {
        int[]? classes = Class?.SelectMany(c => ClassSelection.Like(Network, c)).Distinct().ToArray();
        bool limited = classes is null || IsGiven(nameof(Top));
        _predictor = new Predictor(Network, limited ? Top : classes!.Length, classes);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var predictions = _predictor!.Predict(batch, Cancellation);
        batch.InOrder(Report, (image, index) => WriteObject(predictions[index]));
    }
}
