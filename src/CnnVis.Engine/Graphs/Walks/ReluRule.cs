using CnnVis.Engine.Graphs.Operators;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>
/// How a signal goes down through rectifiers (Springenberg et al. 2015, figure 1). With f the rectifier and g what comes from above:
/// the gradient is f′(x) · g, the DeconvNet's rule max(g, 0), guided backpropagation's f′(x) · max(g, 0). For a ReLU, f′ is 1 where x &gt; 0.
/// The other rectifiers are those whose curve is a ReLU's with a leak, a ceiling or a smooth knee; the papers do not speak of them, and the
/// same formulas serve.
/// </summary>
public sealed class ReluRule : IBackwardRule
{
    private readonly bool _guided;

    private ReluRule(bool guided) => _guided = guided;

    /// <summary>max(g, 0): Zeiler and Fergus 2013, section 2.1.</summary>
    public static ReluRule DeconvNet { get; } = new(guided: false);

    /// <summary>f′(x) · max(g, 0): Springenberg et al. 2015, section 3.4.</summary>
    public static ReluRule Guided { get; } = new(guided: true);

    /// <inheritdoc/>
    public bool AppliesTo(Graph graph, Node node) => node.Operator.Traits.HasFlag(OperatorTraits.Rectifier) || Gate(graph, node) >= 0;

    /// <inheritdoc/>
    public Tensor?[] Backward(Graph graph, Node node, Tensor?[] inputs, Tensor output, Tensor gradient)
    {
        Tensor?[] parts = new Tensor?[inputs.Length];
        Tensor positive = gradient.relu();
        int gate = Gate(graph, node);
        if (!_guided) parts[gate == 0 ? 1 : 0] = positive;
        else for (int i = 0; i < (gate < 0 ? 1 : 2); i++) parts[i] = LocalGradient.Of(node, inputs, positive, i);
        return parts;
    }

    /// <summary>Of x · σ(x), a rectifier that files write as two nodes: the place of σ(x); -1 for any other node.</summary>
    private static int Gate(Graph graph, Node node)
    {
        if (node.Operator.Type != OperatorNames.Mul) return -1;
        for (int i = 0; i < 2; i++)
            if (graph.Producer(node.Inputs[i]) is >= 0 and var p && graph.Nodes[p] is var gate && gate.Operator.Traits.HasFlag(OperatorTraits.Activation | OperatorTraits.UnitRange) && gate.Inputs[0] == node.Inputs[1 - i]) return i;
        return -1;
    }
}
