using CnnVis.Engine.Graphs;
using static CnnVis.Engine.Graphs.Operators.OperatorNames;
using static CnnVis.Engine.Graphs.OperatorTraits;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>
/// Normalisations that an exporter spelled out: x − mean(x), x / √(mean(x²) + ε), x · 1/‖x‖, x · (‖x‖ / mean ‖x‖), x · s + (β − mean(x) · s) (layer, instance, RMS and L2 normalisation, GRN). A
/// <em>statistic</em> of a signal is what comes of it by reductions and functions of single numbers, without weights. The node that shifts or scales the
/// signal by one does the work of a fused normalisation, and relevance goes through it as it goes through that.
/// </summary>
internal sealed class SpelledNormalizations
{
    private readonly Graph _graph;
    private readonly IReadOnlySet<string> _computed;
    private readonly Dictionary<Node, int> _signals = new(ReferenceEqualityComparer.Instance);

    /// <param name="graph">The network.</param>
    /// <param name="computed">Values that depend on the picture.</param>
    public SpelledNormalizations(Graph graph, IReadOnlySet<string> computed)
    {
        (_graph, _computed) = (graph, computed);
        foreach (Node node in graph.Nodes)
        {
            if (node.Operator.Type is not (Add or Sub or Mul or Div) || !node.Inputs.All(computed.Contains)) continue;
            // x² is no normalisation of x, and a product, or a sum, has its signal on either side.
            if (node.Inputs[0] == node.Inputs[1]) continue;
            for (int signal = 0; signal < (node.Operator.Type is Mul or Add ? 2 : 1); signal++)
                if (IsStatistic(node.Inputs[1 - signal], Origins(node.Inputs[signal])))
                    _signals.TryAdd(node, signal);
        }
    }

    /// <summary>Place of the input that is shifted or scaled by a statistic of its own; -1 where the node does no such thing.</summary>
    public int Signal(Node node) => _signals.GetValueOrDefault(node, -1);

    /// <summary>A value, and what it was before constants and statistics shifted and scaled it.</summary>
    private HashSet<string> Origins(string value)
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        for (string? next = value; next is not null && origins.Add(next);)
        {
            if (_graph.Producer(next) is not (>= 0 and var producer)) break;
            Node node = _graph.Nodes[producer];
            int[] computed = [.. Enumerable.Range(0, node.Inputs.Count).Where(i => _computed.Contains(node.Inputs[i]))];
            next = _signals.TryGetValue(node, out int signal) ? node.Inputs[signal]
                : computed.Length == 1 && (node.Operator.Traits & (PassesOn & ~Routes | OperatorTraits.Arithmetic)) != 0 ? node.Inputs[computed[0]]
                : null;
        }
        return origins;
    }

    /// <summary>Whether a value comes of the origins alone, by at least one reduction on each way.</summary>
    private bool IsStatistic(string value, HashSet<string> origins)
    {
        var seen = new HashSet<(string, bool)>();
        var open = new Stack<(string Value, bool Reduced)>([(value, false)]);
        while (open.TryPop(out var next))
        {
            if (!_computed.Contains(next.Value) || !seen.Add(next)) continue;
            if (origins.Contains(next.Value))
            {
                if (next.Reduced) continue;
                return false;
            }
            if (_graph.Producer(next.Value) is not (>= 0 and var producer)) return false;
            Node node = _graph.Nodes[producer];
            OperatorTraits traits = node.Operator.Traits;
            bool pools = traits.HasFlag(Pools);
            if (!pools && (traits & (UnitRange | SoftmaxLike | Product)) != 0) return false;
            foreach (string input in node.Inputs) open.Push((input, next.Reduced || pools));
        }
        return true;
    }
}
