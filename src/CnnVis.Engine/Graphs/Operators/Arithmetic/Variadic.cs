using CnnVis.Engine.Graphs.Patches;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>Element-wise operators of one input or more, broadcast as NumPy's.</summary>
public abstract class Variadic(OperatorAttributes attributes) : Operator(attributes)
{
    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor result = Required(inputs, 0).alias();
        for (int i = 1; i < inputs.Length; i++)
        {
            using Tensor before = result;
            result = Join(before, Required(inputs, i));
        }
        using Tensor joined = result;
        return Finish(joined, inputs.Length);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        for (int i = 1; i < inputs.Length; i++) shape = Broadcast.Shape(shape, Required(inputs, i).Shape, Type);
        return shape;
    }

    /// <inheritdoc/>
    public override PatchRule? Patches(Operand?[] inputs) => new PointwiseRule();

    /// <summary>Joins what came before with the next input.</summary>
    protected abstract Tensor Join(Tensor a, Tensor b);

    /// <summary>The output, once all inputs are joined.</summary>
    protected virtual Tensor Finish(Tensor joined, int count) => joined.alias();
}
