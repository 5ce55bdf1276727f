using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>Operators of one input that keep its shape.</summary>
public abstract class Pointwise(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs) => Apply(Required(inputs, 0), inPlace: false);

    /// <inheritdoc/>
    public override Tensor ForwardInPlace(Tensor?[] inputs) => Apply(Required(inputs, 0), inPlace: true);

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new PointwiseRule(1);

    /// <summary>The function.</summary>
    /// <param name="x">The input.</param>
    /// <param name="inPlace">Whether it may be overwritten.</param>
    protected abstract Tensor Apply(Tensor x, bool inPlace);
}
