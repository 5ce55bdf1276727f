using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>
/// How much weight the priors get at a layer. Mahendran and Vedaldi 2014 (table 3) multiply the total variation's by 1, 10 and 100 for three groups of AlexNet's
/// layers, which end at conv2, conv4 and fc8: a quarter, a half and all of its layers with weights. So it is here, for any network, by the layers with weights on the
/// longest way up to a layer.
/// </summary>
internal static class DepthWeights
{
    /// <summary>Weights that serve the first group: of the total variation, and of the α-norm at any depth.</summary>
    private const double FirstVariation = 0.0005, AnyAlpha = 0.001;

    /// <summary>Weights of the α-norm and of the total variation at a layer.</summary>
    public static (double Alpha, double TotalVariation) Of(Network network, CnnLayer layer) => (AnyAlpha, FirstVariation * Factor(network, layer));

    /// <summary>1, 10 or 100.</summary>
    public static double Factor(Network network, CnnLayer layer)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Node node in network.Graph.Nodes)
            depths[node.Output] = node.Inputs.Select(i => depths.GetValueOrDefault(i)).DefaultIfEmpty(0).Max() + (node.Operator.Traits.HasFlag(OperatorTraits.Product) ? 1 : 0);
        double share = (double)depths[network.Value(layer)] / Math.Max(1, depths.Values.Max());
        return share <= 0.25 ? 1 : share <= 0.5 ? 10 : 100;
    }
}
