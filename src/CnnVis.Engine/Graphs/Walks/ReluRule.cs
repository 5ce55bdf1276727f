using CnnVis.Engine.Graphs.Operators.Activations;
using CnnVis.Engine.Graphs.Operators.Arithmetic;
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
    private static readonly HashSet<string> _rectifiers = new(StringComparer.Ordinal)
    {
        "Relu", "Clip", "LeakyRelu", "PRelu", "ThresholdedRelu", "Elu", "Selu", "Celu", "Gelu", "Softplus", "HardSwish", "Swish", "Mish",
    };

    private readonly bool _guided;

    private ReluRule(bool guided) => _guided = guided;

    /// <summary>max(g, 0): Zeiler and Fergus 2013, section 2.1.</summary>
    public static ReluRule DeconvNet { get; } = new(guided: false);

    /// <summary>f′(x) · max(g, 0): Springenberg et al. 2015, section 3.4.</summary>
    public static ReluRule Guided { get; } = new(guided: true);

    /// <inheritdoc/>
    public bool AppliesTo(Graph graph, Node node) => IsRectifier(node) || Gate(graph, node) >= 0;

    /// <summary>Whether a node's curve is a rectifier's.</summary>
    public static bool IsRectifier(Node node) => _rectifiers.Contains(node.Operator.Type);

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
        if (node.Operator is not Mul) return -1;
        for (int i = 0; i < 2; i++)
            if (graph.Producer(node.Inputs[i]) is >= 0 and var p && graph.Nodes[p] is { Operator: Sigmoid or HardSigmoid } sigmoid && sigmoid.Inputs[0] == node.Inputs[1 - i]) return i;
        return -1;
    }
}
