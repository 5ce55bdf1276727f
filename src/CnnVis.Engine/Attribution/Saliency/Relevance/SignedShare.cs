using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>
/// Rᵢ = Σⱼ (α zᵢⱼ⁺ / Σ z⁺ − β zᵢⱼ⁻ / Σ z⁻) · Rⱼ with α − β = 1 (Bach et al. 2015, equation 60), over the positive and the negative contributions
/// zᵢⱼ = xᵢ wᵢⱼ; biases take nothing. With α = 2, where a unit has contributions of one sign only, they take all. With α = 1 and inputs that are not negative it
/// is excitation backprop's rule (Zhang et al. 2016, equation 2); of sums and means of signed maps, as in networks with linear bottlenecks, the
/// contributions of the output's sign take all. Contrastive, it is that minus the same for the negated weights (section 3.3).
/// </summary>
internal sealed class SignedShare(double alpha, bool contrastive = false) : IRelevanceShare
{
    public Tensor?[] Split(RelevanceNodes nodes, Node node, Tensor?[] inputs, Tensor output, Tensor relevance)
    {
        // Differences have contributions of both signs from each input.
        if (node.Operator.Type == OperatorNames.Sub) return new EpsilonShare().Split(nodes, node, inputs, output, relevance);
        IReadOnlyList<int> computed = nodes.Computed(node);
        Tensor?[][] positive = [], negative = [];
        Tensor?[] ups = Replaced(inputs, computed, x => x.clamp_min(0)), downs = Replaced(inputs, computed, x => x.clamp_max(0));
        int weights = nodes.Weights(node);
        if (weights >= 0)
        {
            Tensor more = inputs[weights]!.clamp_min(0), less = inputs[weights]!.clamp_max(0);
            positive = [With(ups, weights, more), With(downs, weights, less)];
            negative = [With(ups, weights, less), With(downs, weights, more)];
            // ReLUs leave nothing negative: half of the work.
            if (computed.All(i => downs[i]!.min().item<float>() >= 0)) (positive, negative) = (positive[..1], negative[..1]);
        }
        else
        {
            (positive, negative) = ([ups], [downs]);
        }

        Tensor above = Sum(node, positive);
        Tensor?[] parts = new Tensor?[inputs.Length];
        if (alpha == 1 && !contrastive && (weights >= 0 || output.min().item<float>() >= 0))
        {
            Share(node, computed, positive, Quotient.Of(relevance, above), parts);
            return parts;
        }
        Tensor below = Sum(node, negative);
        if (alpha == 1 && weights < 0)
        {
            Share(node, computed, positive, Quotient.Of(where(output < 0, zeros_like(relevance), relevance), above), parts);
            Share(node, computed, negative, Quotient.Of(where(output < 0, relevance, zeros_like(relevance)), below), parts);
            return parts;
        }
        Tensor up = contrastive ? relevance : where(below == 0, relevance, relevance * alpha);
        Tensor down = contrastive ? -relevance : where(above == 0, relevance, relevance * (1 - alpha));
        Share(node, computed, positive, Quotient.Of(up, above), parts);
        Share(node, computed, negative, Quotient.Of(down, below), parts);
        return parts;
    }

    private static Tensor Sum(Node node, Tensor?[][] terms) => terms.Select(node.Operator.Forward).Aggregate((a, b) => a + b);

    private static void Share(Node node, IReadOnlyList<int> computed, Tensor?[][] terms, Tensor quotient, Tensor?[] parts)
    {
        foreach (Tensor?[] term in terms)
            foreach (int i in computed)
                if (LocalGradient.Of(node, term, quotient, i) is { } gradient) parts[i] = parts[i] is { } before ? before + term[i]! * gradient : term[i]! * gradient;
    }

    private static Tensor?[] Replaced(Tensor?[] inputs, IReadOnlyList<int> places, Func<Tensor, Tensor> change) => [.. inputs.Select((x, i) => places.Contains(i) ? change(x!) : x)];

    /// <summary>With other weights, and without bias.</summary>
    private static Tensor?[] With(Tensor?[] inputs, int place, Tensor weights) => [.. inputs.Take(2).Select((x, i) => i == place ? weights : x)];
}
