using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>ONNX ReverseSequence: of each sequence of the batch the first sequence_lens elements in reverse order.</summary>
public sealed class ReverseSequence : Operator
{
    private readonly int _time, _batch;

    /// <param name="attributes">time_axis and batch_axis: 0 and 1, or 1 and 0.</param>
    public ReverseSequence(OperatorAttributes attributes) : base(attributes)
    {
        (_time, _batch) = ((int)attributes.Integer("time_axis", 0), (int)attributes.Integer("batch_axis", 1));
        if ((_time, _batch) is not ((0, 1) or (1, 0))) throw Wrong($"has time_axis {_time} and batch_axis {_batch}; 0 and 1 belong there.");
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        long extent = x.shape[_time];
        Tensor steps = arange(extent, device: x.device).unsqueeze(1), lengths = Required(inputs, 1).unsqueeze(0); // [T, 1], [1, B]
        Tensor places = where(steps.lt(lengths), lengths - 1 - steps, steps.expand([extent, lengths.shape[1]])); // [T, B]
        if (_time == 1) places = places.transpose(0, 1);
        Tensor index = places.reshape([.. places.shape, .. Enumerable.Repeat(1L, x.shape.Length - 2)]).expand(x.shape);
        return x.gather(_time, index).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape, lengths = Required(inputs, 1).Shape;
        return x.Length >= 2 && lengths.AsSpan().SequenceEqual([x[_batch]]) ? [.. x] : throw Wrong($"has lengths [{string.Join(", ", lengths)}] for [{string.Join(", ", x)}].");
    }
}
