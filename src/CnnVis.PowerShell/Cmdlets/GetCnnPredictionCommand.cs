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

    /// <summary>How many of the most probable classes to report.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 5;

    /// <summary>Report these classes instead, by name or index, most probable first.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ClassCompleter))]
    public string[]? Class { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Predicting";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        _predictor = new Predictor(Network, Top, Class is null ? null : [.. Class.Select(Network.Class)]);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var predictions = _predictor!.Predict(batch);
        batch.InOrder(Report, (image, index) => WriteObject(predictions[index]));
    }
}
