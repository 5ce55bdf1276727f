using CnnVis.Engine.Graphs.Operators.Activations;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>Which nodes are ReLUs: the operator itself, and ReLU6, which exporters write as Clip(0, 6). A Clip to [0, 1] or less is none: it makes shares.</summary>
internal static class ReluNodes
{
    /// <summary>Whether a node is one.</summary>
    public static bool IsRelu(this Graph graph, Node node) => node.Operator switch
    {
        { Type: OperatorNames.Relu } => true,
        Clip => graph.Bound(node, 1) is 0 && graph.Bound(node, 2) is null or > 1,
        _ => false,
    };

    /// <summary>A constant among a node's inputs, where it is a single number; null where there is none.</summary>
    public static float? Bound(this Graph graph, Node node, int input) =>
        node.Inputs.Count > input && graph.Parameters.TryGetValue(node.Inputs[input], out Tensor? bound) && bound.NumberOfElements == 1 && bound.dtype == ScalarType.Float32 ? bound.item<float>() : null;
}
