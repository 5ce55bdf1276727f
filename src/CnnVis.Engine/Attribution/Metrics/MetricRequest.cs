using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>What a metric is asked.</summary>
/// <param name="Explained">What the method was asked; its one target is the class.</param>
/// <param name="Method">The method.</param>
/// <param name="Result">Its maps.</param>
/// <param name="Reduction">How colours are taken together.</param>
public sealed record MetricRequest(SaliencyRequest Explained, ISaliencyMethod Method, SaliencyResult Result, SaliencyReduction Reduction = SaliencyReduction.Maximum)
{
    /// <summary>Which number stands for the class in metrics that ask the network; null for the metric's own.</summary>
    public ClassScore? Score { get; init; }

    /// <summary>For each picture where its objects are; empty where that is not known.</summary>
    public IReadOnlyList<ObjectPlaces> Places { get; init; } = [];

    /// <summary>Pictures.</summary>
    public int Count => Explained.Count;

    /// <summary>The maps as one number for each of the input's pixels, [N, H, W].</summary>
    public Tensor Heat { get; } = HeatMaps.Of(Result, Reduction, Explained.Network.Input);

    /// <summary>The classes' numbers of one kind, for the pictures as they are.</summary>
    public ChosenTarget Class(ClassScore score) =>
        Scores.Choose(Explained.Network, Explained.Pixels, [Result.Target with { Target = ClassTarget.Of(Explained.Network, null, score) }], Explained.Cancellation)[0];

    /// <summary>The method's maps of the same targets for other pictures, or another network.</summary>
    /// <param name="explained">Its targets are left out.</param>
    public SaliencyResult Again(SaliencyRequest explained) => Method.Attribute(explained with { Targets = [Result.Target], Progress = null })[0];
}
