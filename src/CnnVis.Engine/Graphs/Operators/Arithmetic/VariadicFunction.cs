using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Arithmetic;

/// <summary>An element-wise function of one input or more, broadcast as NumPy's, from a table.</summary>
/// <param name="type">ONNX's name.</param>
/// <param name="attributes">As the file gives them.</param>
/// <param name="join">Joins what came before with the next input.</param>
/// <param name="finish">Makes the output of all inputs joined, and their number; null where it is that.</param>
internal sealed class VariadicFunction(string type, OperatorAttributes attributes, Func<Tensor, Tensor, Tensor> join, Func<Tensor, int, Tensor>? finish) : Operator(attributes)
{
    public override string Type => type;

    public override bool SharesMemory => true;

    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor result = Required(inputs, 0).alias();
        for (int i = 1; i < inputs.Length; i++)
        {
            using Tensor before = result;
            result = join(before, Required(inputs, i));
        }
        if (finish is null) return result;
        using Tensor joined = result;
        return finish(joined, inputs.Length);
    }

    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        for (int i = 1; i < inputs.Length; i++) shape = Broadcast.Shape(shape, Required(inputs, i).Shape, Type);
        return shape;
    }
}
