using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>Operators of one input that keep its shape.</summary>
public abstract class Pointwise(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => Apply(Required(inputs, 0));

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];

    /// <summary>The function.</summary>
    protected abstract Tensor Apply(Tensor x);
}
