using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;
using static CnnVis.Engine.Graphs.OperatorTraits;

namespace CnnVis.Engine.Attribution.Saliency.Relevance;

/// <summary>What the nodes of a graph do with relevance.</summary>
internal sealed class RelevanceNodes
{
    private readonly Graph _graph;
    private readonly HashSet<string> _computed;
    private readonly SpelledNormalizations _normalizations;

    public RelevanceNodes(Graph graph)
    {
        (_graph, _computed) = (graph, new HashSet<string>([graph.Input], StringComparer.Ordinal));
        // A shape is no number of the picture's; weights may be computed of parameters, as standardised ones are.
        foreach (Node node in graph.Nodes)
            if (node.Operator is not (ShapeOf or Size) && node.Inputs.Any(_computed.Contains)) _computed.Add(node.Output);
        _normalizations = new SpelledNormalizations(graph, _computed);
    }

    /// <summary>Whether libtorch's gradient carries relevance as it should: each output is a copy of one input. Softmax is left to it too.</summary>
    public bool IsRouting(Node node) => node.Operator.Traits.HasFlag(Routes) || node.Operator.Traits.HasFlag(SoftmaxLike);

    /// <summary>
    /// Whether relevance goes through to the first computed input as it is: each output looks at its own place of one input. Normalisations that could not be folded are
    /// taken so too.
    /// </summary>
    public bool IsPassing(Node node) => node.Operator.Traits.HasFlag(Activation) || node.Operator.Traits.HasFlag(Normalizes)
        || node.Operator is BinaryFunction && Computed(node).Count == 1 || _normalizations.Signal(node) >= 0;

    /// <summary>Place of the input that relevance passes on to.</summary>
    public int Passed(Node node) => _normalizations.Signal(node) is >= 0 and var signal ? signal : Computed(node)[0];

    /// <summary>Whether inputs are multiplied by trained weights, whose place it gives: -1 where not.</summary>
    public int Weights(Node node) => node.Operator.Traits.HasFlag(Product) && Computed(node).Count == 1
        ? Enumerable.Range(0, 2).First(i => !_computed.Contains(node.Inputs[i])) : -1;

    /// <summary>Whether the inputs are multiplied by each other.</summary>
    public bool IsProduct(Node node) => node.Operator is MatMul or Gemm or { Type: OperatorNames.Mul } && Computed(node).Count == 2 && _normalizations.Signal(node) < 0;

    /// <summary>Of factors of a product, the one that is the signal and not a gate: -1 where neither is a gate.</summary>
    public int Signal(Node node)
    {
        bool[] gates = [.. Computed(node).Select(i => _graph.Producer(node.Inputs[i]) is >= 0 and var p && _graph.Nodes[p].Operator.Traits.HasFlag(UnitRange))];
        return gates is [true, false] ? 1 : gates is [false, true] ? 0 : -1;
    }

    /// <summary>Places of the inputs that depend on the picture.</summary>
    public IReadOnlyList<int> Computed(Node node) => [.. Enumerable.Range(0, node.Inputs.Count).Where(i => _computed.Contains(node.Inputs[i]))];

    /// <summary>Nodes with weights that nothing with weights comes before.</summary>
    public HashSet<Node> First()
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        var first = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node node in _graph.Nodes)
        {
            bool weighted = Weights(node) >= 0, after = node.Inputs.Any(above.Contains);
            if (weighted && !after) first.Add(node);
            if (weighted || after) above.Add(node.Output);
        }
        return first;
    }

    /// <summary>Nodes with weights that come last before a value.</summary>
    public HashSet<Node> Last(IEnumerable<string> values)
    {
        var last = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var open = new Stack<string>(values);
        while (open.TryPop(out string? value))
        {
            if (_graph.Producer(value) is not (>= 0 and var producer)) continue;
            Node node = _graph.Nodes[producer];
            if (Weights(node) >= 0) last.Add(node);
            else foreach (string input in node.Inputs) open.Push(input);
        }
        return last;
    }
}
