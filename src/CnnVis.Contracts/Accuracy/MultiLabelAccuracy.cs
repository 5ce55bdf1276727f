using System.Diagnostics.CodeAnalysis;

namespace CnnVis;

/// <summary>
/// How often a network is right whose labels may hold together. A picture's labels are then all that it shows; what it is not said to have, it has not. Beside what <see cref="CnnAccuracy"/> counts (of pictures with
/// a label at least; the most probable label is right if the picture has it), each label is judged over all pictures, those without any label among them.
/// </summary>
public sealed record MultiLabelAccuracy : CnnAccuracy
{
    /// <param name="accuracy">What is counted of any network.</param>
    [SetsRequiredMembers]
    public MultiLabelAccuracy(CnnAccuracy accuracy) : base(accuracy)
    {
    }

    /// <summary>Pictures that are judged, also those that have no label.</summary>
    public int JudgedCount { get; init; }

    /// <summary>mAP: the mean of the labels' average precision, of labels that a picture has; NaN where there are none.</summary>
    public double MeanAveragePrecision { get; init; }

    /// <summary>Lower end of its 95 % interval: percentiles over pictures drawn again.</summary>
    public double MeanAveragePrecisionLower { get; init; }

    /// <summary>Upper end of it.</summary>
    public double MeanAveragePrecisionUpper { get; init; }

    /// <summary>Share of the pictures of which just the right labels are said.</summary>
    public RateEstimate? ExactMatch { get; init; }

    /// <summary>F1 of all answers about all labels together.</summary>
    public double MicroF1 { get; init; }

    /// <summary>Mean of the labels' F1, of labels that are shown or said.</summary>
    public double MacroF1 { get; init; }

    /// <summary>Each label, by output index.</summary>
    public IReadOnlyList<LabelAccuracy> Labels { get; init; } = [];

    /// <inheritdoc/>
    private protected override CnnAccuracy Told(CnnModel model) => this with { Labels = Labels.Select(l => l with { Origin = new Origin(model) }).ToArray() };
}
