using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>Operators of one input that keep its shape.</summary>
/// <param name="attributes">As the file gives them.</param>
/// <param name="traits">What others have to know of it.</param>
public abstract class Pointwise(OperatorAttributes attributes, OperatorTraits traits = OperatorTraits.None) : Operator(attributes, traits)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => Apply(Required(inputs, 0), inPlace: false);

    /// <inheritdoc/>
    public override Tensor ForwardInPlace(Tensor?[] inputs) => Apply(Required(inputs, 0), inPlace: true);

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];

    /// <summary>The function.</summary>
    /// <param name="x">The input.</param>
    /// <param name="inPlace">Whether it may be overwritten.</param>
    protected abstract Tensor Apply(Tensor x, bool inPlace);
}
