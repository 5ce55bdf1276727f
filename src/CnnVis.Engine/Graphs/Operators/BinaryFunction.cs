using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>An element-wise function of two inputs, broadcast as NumPy's, from a table.</summary>
internal sealed class BinaryFunction(string type, OperatorAttributes attributes, OperatorTraits traits, Func<Tensor, Tensor, Tensor> function, Func<Tensor, Tensor, Tensor>? inPlace = null)
    : Operator(attributes, traits)
{
    public override string Type => type;

    public override Tensor Forward(Tensor?[] inputs) => function(Required(inputs, 0), Required(inputs, 1));

    public override Tensor ForwardInPlace(Tensor?[] inputs)
    {
        Tensor a = Required(inputs, 0), b = Required(inputs, 1);
        return inPlace is not null && a.dtype == b.dtype && a.shape.SequenceEqual(b.shape) ? inPlace(a, b) : function(a, b);
    }

    public override long[] Shape(Operand?[] inputs) => Broadcast.Shape(Required(inputs, 0).Shape, Required(inputs, 1).Shape, Type);
}
