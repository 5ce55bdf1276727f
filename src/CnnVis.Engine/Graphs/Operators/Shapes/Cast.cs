using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators;

/// <summary>
/// ONNX Cast. Values here are float32, int64 or bool: to a narrower or wider float format, nothing changes (float16 is computed as float32); to
/// a narrower whole number, fractions are cut off and bits beyond its width are lost, as OnnxRuntime has it; to bool, all but 0 is true.
/// </summary>
public sealed class Cast : Operator
{
    private readonly long _to;

    /// <param name="attributes">to: ONNX's number of a type.</param>
    public Cast(OperatorAttributes attributes) : base(attributes)
    {
        _to = attributes.Integer("to", 0);
        if (_to is not (1 or 2 or 3 or 4 or 5 or 6 or 7 or 9 or 10 or 11 or 12 or 13 or 16))
            throw new CnnVisException(ErrorIds.OperatorNotSupported, $"Cast to type {_to} is not supported; to floats, whole numbers and bool it is.", Type);
    }

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        if (_to is 1 or 10 or 11 or 16) return As(x, ScalarType.Float32);
        if (_to == 9) return As(x, ScalarType.Bool);
        if (_to is 7 or 13) return As(x, ScalarType.Int64);
        using Tensor whole = x.to(ScalarType.Int64);
        using Tensor narrow = _to switch
        {
            2 => whole.bitwise_and(0xFF),
            4 => whole.bitwise_and(0xFFFF),
            12 => whole.bitwise_and(0xFFFF_FFFF),
            3 => whole.to(ScalarType.Int8),
            5 => whole.to(ScalarType.Int16),
            _ => whole.to(ScalarType.Int32),
        };
        return As(narrow, ScalarType.Int64);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];

    private static Tensor As(Tensor x, ScalarType type) => x.dtype == type ? x.alias() : x.to(type);
}
