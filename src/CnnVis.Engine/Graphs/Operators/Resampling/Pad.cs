using CnnVis.Engine.Graphs.Operators.Convolutions;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Resampling;

/// <summary>ONNX Pad (opset 19): adds positions before and after each axis, or takes them away where the number is negative; what they hold, the mode says.</summary>
public sealed class Pad : Operator
{
    private readonly string _mode;

    /// <param name="attributes">mode: constant, reflect, edge or wrap.</param>
    public Pad(OperatorAttributes attributes) : base(attributes, OperatorTraits.Routes) => _mode = attributes.OneOf("mode", "constant", "reflect", "edge", "wrap");

    /// <inheritdoc/>
    public override bool IsLearned(int input) => false;

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        var (before, after) = Pads(x.shape, Integers(Required(inputs, 1)), Optional(inputs, 3) is { } axes ? Integers(axes) : null);
        if (_mode == "constant") return Padded.Constant(x, before, after, Optional(inputs, 2) is { } value ? value.to(ScalarType.Float32).item<float>() : 0);
        Tensor padded = x.alias();
        for (int axis = 0; axis < before.Length; axis++)
        {
            if (before[axis] == 0 && after[axis] == 0) continue;
            using Tensor last = padded, indices = tensor(Sources(x.shape[axis], before[axis], after[axis]), device: x.device);
            padded = last.index_select(axis, indices);
        }
        return padded;
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] x = Required(inputs, 0).Shape;
        var (before, after) = Pads(inputs);
        return [.. x.Select((extent, i) => extent + before[i] + after[i])];
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        if (Required(inputs, 0).Shape.Length != 4) return SpatialWindow.Pointwise;
        long[] before = Pads(inputs).Before;
        return new SpatialWindow(new WindowAxis(1, 1, before[2]), new WindowAxis(1, 1, before[3]));
    }

    private (long[] Before, long[] After) Pads(Operand?[] inputs) =>
        Pads(Required(inputs, 0).Shape, ConstantIntegers(Required(inputs, 1)), inputs.Length > 3 && inputs[3] is { } axes ? ConstantIntegers(axes) : null);

    private (long[] Before, long[] After) Pads(long[] shape, long[] pads, long[]? axes)
    {
        axes ??= [.. Enumerable.Range(0, shape.Length).Select(i => (long)i)];
        if (pads.Length != 2 * axes.Length) throw Wrong($"has {pads.Length} pads where {2 * axes.Length} belong.");
        long[] before = new long[shape.Length], after = new long[shape.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            long axis = axes[i] < 0 ? axes[i] + shape.Length : axes[i];
            if (axis < 0 || axis >= shape.Length) throw Wrong($"has axis {axes[i]}, and its input {shape.Length} dimensions.");
            (before[axis], after[axis]) = (pads[i], pads[axes.Length + i]);
            if (Math.Max(Math.Abs((decimal)before[axis]), Math.Abs((decimal)after[axis])) > int.MaxValue || shape[axis] + before[axis] + after[axis] < 0 || shape[axis] + Math.Min(0, before[axis]) + Math.Min(0, after[axis]) < (_mode == "constant" ? 0 : 1))
                throw Wrong($"cannot make {shape[axis]} positions longer by {before[axis]} and {after[axis]}.");
        }
        return (before, after);
    }

    /// <summary>Where each position of a padded axis comes from. What is taken away goes first; the rest is continued.</summary>
    private long[] Sources(long extent, long before, long after)
    {
        long first = Math.Max(0, -before), count = extent - first - Math.Max(0, -after), period = _mode == "wrap" ? count : Math.Max(1, 2 * (count - 1));
        long[] sources = new long[extent + before + after];
        for (int i = 0; i < sources.Length; i++)
        {
            long place = i - Math.Max(0, before), turned = (place % period + period) % period;
            sources[i] = first + (_mode == "edge" ? Math.Clamp(place, 0, count - 1) : turned < count ? turned : period - turned);
        }
        return sources;
    }
}
