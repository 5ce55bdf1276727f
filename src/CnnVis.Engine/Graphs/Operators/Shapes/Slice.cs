using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>
/// ONNX Slice (operator set 10 and later): from <c>starts</c> to before <c>ends</c> along <c>axes</c> by <c>steps</c>, all inputs. Negative places count
/// from the end, what lies outside is clipped, negative steps run backwards.
/// </summary>
public sealed class Slice(OperatorAttributes attributes) : Operator(attributes, OperatorTraits.Routes)
{
    /// <summary>Along one axis: <paramref name="Count"/> places from <paramref name="Start"/>, <paramref name="Step"/> apart.</summary>
    private readonly record struct Cut(int Axis, long Start, long Step, long Count);

    /// <inheritdoc/>
    public override bool SharesMemory => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor result = Required(inputs, 0).alias();
        foreach (Cut cut in Cuts(result.shape, i => Optional(inputs, i) is { } given ? Integers(given) : null))
        {
            using Tensor before = result;
            long last = cut.Start + (cut.Count - 1) * cut.Step;
            if (cut.Count == 0) result = before.narrow(cut.Axis, 0, 0);
            else if (cut.Step > 0) result = before.slice(cut.Axis, cut.Start, last + 1, cut.Step);
            else
            {
                // libtorch does not step backwards.
                using Tensor part = before.slice(cut.Axis, last, cut.Start + 1, -cut.Step);
                result = part.flip(cut.Axis);
            }
        }
        return result;
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] shape = [.. Required(inputs, 0).Shape];
        foreach (Cut cut in Cuts(inputs)) shape[cut.Axis] = cut.Count;
        return shape;
    }

    /// <inheritdoc/>
    public override SpatialWindow Window(Operand?[] inputs)
    {
        Operand x = Required(inputs, 0);
        if (x.Map is not { } axes) return SpatialWindow.Pointwise;
        Cut[] cuts = Cuts(inputs);
        return new SpatialWindow(Along(axes.Rows), Along(axes.Columns));

        WindowAxis Along(int axis)
        {
            Cut[] own = Array.FindAll(cuts, c => c.Axis == axis);
            return own.Length == 0 ? WindowAxis.Pointwise
                : own[0].Step > 0 ? new WindowAxis(1, own[0].Step, -own[0].Start)
                : new WindowAxis(x.Shape[axis], 0, 0);
        }
    }

    /// <summary>The axes that are cut.</summary>
    internal IEnumerable<int> CutAxes(Operand?[] inputs) => Cuts(inputs).Select(c => c.Axis);

    private Cut[] Cuts(Operand?[] inputs) => Cuts(Required(inputs, 0).Shape, i => i < inputs.Length && inputs[i] is { } given ? ConstantIntegers(given) : null);

    private Cut[] Cuts(long[] shape, Func<int, long[]?> integers)
    {
        long[] starts = integers(1) ?? [], ends = integers(2) ?? [];
        long[] axes = integers(3) ?? [.. Enumerable.Range(0, starts.Length).Select(a => (long)a)];
        long[] steps = integers(4) ?? [.. Enumerable.Repeat(1L, starts.Length)];
        if (starts.Length != ends.Length || axes.Length != starts.Length || steps.Length != starts.Length || steps.Contains(0) || steps.Contains(long.MinValue))
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Slice has {starts.Length} starts, {ends.Length} ends, {axes.Length} axes and the steps {string.Join(", ", steps)}; it takes as many of each, and no step of 0.", Type);
        Extents.Axes(axes, shape.Length, Type);
        return [.. axes.Select((given, i) =>
        {
            int axis = (int)(given < 0 ? given + shape.Length : given);
            long extent = shape[axis], step = steps[i];
            long start = Place(starts[i], extent), end = Place(ends[i], extent);
            (start, end) = step > 0 ? (Math.Clamp(start, 0, extent), Math.Clamp(end, 0, extent)) : (Math.Clamp(start, -1, extent - 1), Math.Clamp(end, -1, extent - 1));
            long way = step > 0 ? end - start : start - end, stride = Math.Abs(step);
            return new Cut(axis, start, step, way <= 0 ? 0 : (way - 1) / stride + 1);
        })];
    }

    private static long Place(long given, long extent) => given < 0 ? given + extent : given;
}
