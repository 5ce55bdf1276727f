using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>Rᵢ = Σⱼ zᵢⱼ / (zⱼ + ε sign zⱼ) · Rⱼ (Bach et al. 2015, equation 58), ε = 10⁻⁶: each input's part of what was added up, bias included.</summary>
internal sealed class EpsilonShare : IRelevanceShare
{
    private const double Epsilon = 1e-6;

    public Tensor?[] Split(RelevanceNodes nodes, Node node, Tensor?[] inputs, Tensor output, Tensor relevance)
    {
        Tensor quotient = relevance / where(output < 0, output - Epsilon, output + Epsilon);
        Tensor?[] parts = new Tensor?[inputs.Length];
        foreach (int i in nodes.Computed(node))
            if (LocalGradient.Of(node, inputs, quotient, i) is { } gradient) parts[i] = inputs[i]! * gradient;
        return parts;
    }
}
