using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>
/// ONNX Cast to float32 (1), int64 (7) or bool (9), the types of values here; other types of a file become one of them when it is read, so that
/// float16 is computed as float32. Fractions are cut off; to bool, all but 0 is true.
/// </summary>
public sealed class Cast : Operator
{
    private readonly ScalarType _to;

    /// <param name="attributes">to: ONNX's number of the type.</param>
    public Cast(OperatorAttributes attributes) : base(attributes, OperatorTraits.PassesOn) => _to = attributes.Integer("to", 0) switch
    {
        1 => ScalarType.Float32,
        7 => ScalarType.Int64,
        9 => ScalarType.Bool,
        var other => throw Wrong($"to type {other} is not possible; to float32 (1), int64 (7) and bool (9) it is."),
    };

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        return x.dtype == _to ? x.alias() : x.to(_to);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];
}
