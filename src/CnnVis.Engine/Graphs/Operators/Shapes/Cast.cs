using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>
/// ONNX Cast. Values here are float32 (1), int64 (7) or bool (9): to one of these, fractions are cut off, and to bool all but 0 is true. To a narrower type, numbers are
/// rounded to it or lose the bits that it has no place for, and stay float32 or int64.
/// </summary>
public sealed class Cast : Operator
{
    private readonly long _to;
    private readonly bool _saturate;

    /// <param name="attributes">to: ONNX's number of the type; saturate, for floats of 8 bits.</param>
    public Cast(OperatorAttributes attributes) : base(attributes, OperatorTraits.PassesOn)
    {
        _to = attributes.Integer("to", 0);
        _saturate = attributes.Integer("saturate", 1) != 0;
        if (_to is not (1 or 7 or 9 or 10 or 16) && Minifloat.Of(_to) is null && WholeNumbers.Bits(_to) is null) throw Wrong($"to type {_to} is not possible.");
    }

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        ScalarType type = _to == 9 ? ScalarType.Bool : _to == 7 || WholeNumbers.Bits(_to) is not null ? ScalarType.Int64 : ScalarType.Float32;
        using var scope = NewDisposeScope();
        Tensor wide = x.dtype == type ? x.alias() : x.to(type);
        if (WholeNumbers.Bits(_to) is not null) wide = WholeNumbers.Wrap(wide, _to);
        else if (_to is 10 or 16) wide = wide.to(_to == 10 ? ScalarType.Float16 : ScalarType.BFloat16).to(ScalarType.Float32);
        else if (Minifloat.Of(_to) is { } format) wide = format.Round(wide, _saturate);
        return wide.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs) => [.. Required(inputs, 0).Shape];
}
