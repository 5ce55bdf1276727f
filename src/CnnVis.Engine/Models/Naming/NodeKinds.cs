using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Normalization;
using CnnVis.Engine.Graphs.Operators.Pooling;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Graphs.Operators.Shapes;

namespace CnnVis.Engine.Models.Naming;

/// <summary>What the papers call a step: conv, bn, relu, pool.</summary>
internal static class NodeKinds
{
    /// <summary>Whether it is a layer with a matrix or filters of its own, which others are counted by.</summary>
    public static bool IsWeighted(Graph graph, Node node) => node.Operator.Traits.HasFlag(OperatorTraits.Product) && (node.Operator is not MatMul || node.Inputs.Any(graph.Parameters.ContainsKey));

    /// <summary>Whether two computed values meet.</summary>
    public static bool IsSum(Graph graph, Node node) => node.Operator.Type == OperatorNames.Add && !node.Inputs.Any(graph.Parameters.ContainsKey);

    /// <summary>Whether it averages or selects over windows or whole maps.</summary>
    public static bool IsPool(Node node) => node.Operator is Pool or GlobalPool;

    /// <summary>What the name begins with.</summary>
    public static string Of(Graph graph, Node node) => node.Operator switch
    {
        Conv => "conv",
        ConvTranspose => "deconv",
        Gemm or MatMul => "fc",
        BatchNormalization => "bn",
        LayerNormalization => "ln",
        InstanceNormalization => "in",
        GroupNormalization => "gn",
        LRN => "norm",
        _ when graph.IsRelu(node) => "relu",
        { Type: OperatorNames.HardSwish } => "hswish",
        { Type: OperatorNames.HardSigmoid } => "hsigmoid",
        Pool or GlobalPool => "pool",
        Dropout => "drop",
        Flatten or Reshape => "flatten",
        Transpose => "permute",
        { Type: OperatorNames.Softmax } when node.Output == graph.Output => "prob",
        { Type: OperatorNames.Mul } when IsSilu(graph, node) => "silu",
        { Type: OperatorNames.Mul } when node.Inputs.Any(graph.Parameters.ContainsKey) => "scale",
        { Type: OperatorNames.Sub } when node.Inputs[0] == graph.Input => "mean",
        { Type: OperatorNames.Div } when node.Inputs[0] == graph.Input || graph.Producer(node.Inputs[0]) is >= 0 and var p && graph.Nodes[p].Operator.Type == OperatorNames.Sub && graph.Nodes[p].Inputs[0] == graph.Input => "deviation",
        _ => node.Operator.Type.ToLowerInvariant(),
    };

    /// <summary>x · sigmoid(x).</summary>
    private static bool IsSilu(Graph graph, Node node) => node.Inputs.Any(value =>
        graph.Producer(value) is >= 0 and var p && graph.Nodes[p].Operator.Type == OperatorNames.Sigmoid && node.Inputs.Contains(graph.Nodes[p].Inputs[0]));
}
