using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Walks;

/// <summary>One node of a planned walk, with the places of its values.</summary>
/// <param name="Node">What to compute.</param>
/// <param name="Inputs">Slots of its inputs; -1 for one left out.</param>
/// <param name="Output">Slot of its output.</param>
/// <param name="Dying">Slots that nobody needs afterwards.</param>
/// <param name="InPlace">Whether the first input dies here and was computed by the walk, so that it may be overwritten.</param>
internal sealed record WalkStep(Node Node, int[] Inputs, int Output, int[] Dying, bool InPlace)
{
    /// <summary>The node's inputs among the values computed so far.</summary>
    public Tensor?[] Take(Tensor?[] values)
    {
        Tensor?[] inputs = new Tensor?[Inputs.Length];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = Inputs[i] < 0 ? null : values[Inputs[i]];
        return inputs;
    }

    /// <summary>Computes the output.</summary>
    /// <exception cref="CnnVisException">libtorch refuses: memory is short, or shapes do not fit.</exception>
    public Tensor Compute(Tensor?[] inputs, bool inPlace) =>
        // Autograd needs the values that would be overwritten.
        Guarded(Node, () => inPlace && !inputs[0]!.requires_grad ? Node.Operator.ForwardInPlace(inputs) : Node.Operator.Forward(inputs));

    /// <summary>Computes a node in any way, and says which it was if libtorch refuses.</summary>
    /// <exception cref="CnnVisException">libtorch refuses: memory is short, or shapes do not fit.</exception>
    public static Tensor Guarded(Node node, Func<Tensor> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (OperatorFailure.Is(e))
        {
            throw new CnnVisException(ErrorIds.ComputationFailed, $"Layer '{node.Name}' ({node.Operator.Type}) cannot be computed: {OperatorFailure.Reason(e)}", node.Name, e);
        }
    }
}
