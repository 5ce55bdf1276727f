using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>What is to be measured of each picture.</summary>
public sealed record MetricQuery
{
    /// <summary>The methods.</summary>
    public required IReadOnlyList<ISaliencyMethod> Methods { get; init; }

    /// <summary>The metrics.</summary>
    public required IReadOnlyList<ISaliencyMetric> Metrics { get; init; }

    /// <summary>Output index of the class to explain; null for the one that is most probable for the picture.</summary>
    public int? Class { get; init; }

    /// <summary>Which class to explain of each picture, in the place of <see cref="Class"/>.</summary>
    public LabelTable? Labels { get; init; }

    /// <summary>Where the objects are, for metrics that need to know.</summary>
    public BoxTable? Boxes { get; init; }

    /// <summary>Which number stands for a class; null for the method's and the metric's own.</summary>
    public ClassScore? Score { get; init; }

    /// <summary>How colours are taken together.</summary>
    public SaliencyReduction Reduction { get; init; } = SaliencyReduction.Maximum;

    /// <summary>Most pictures a pass.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Measure each picture by itself, so that no number depends on which come together, to the last bit. Passes then hold what is asked of one picture: its steps, its changed copies.</summary>
    public bool IsEven { get; init; }
}
