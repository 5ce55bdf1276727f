using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>A single node's gradient by autograd, for rules that only change what goes into it or comes out.</summary>
internal static class LocalGradient
{
    /// <summary>The gradient at one input, of its shape; null where the output does not depend on it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Its inputs; null for one left out.</param>
    /// <param name="gradient">What comes from above.</param>
    /// <param name="index">Which input.</param>
    public static Tensor? Of(Node node, Tensor?[] inputs, Tensor gradient, int index = 0)
    {
        using var gradients = enable_grad();
        using var scope = NewDisposeScope();
        Tensor?[] begin = [.. inputs];
        Tensor wanted = inputs[index]!.detach().requires_grad_(true);
        begin[index] = wanted;
        Tensor output = node.Operator.Forward(begin);
        return output.requires_grad && autograd.grad([output], [wanted], [gradient], allow_unused: true)[0] is { IsInvalid: false } part ? part.MoveToOuterDisposeScope() : null;
    }
}
