using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Detection;

/// <summary>
/// ONNX NonMaxSuppression: of boxes [N, B, 4] with scores [N, K, B], class by class the best first, those that overlap no better one by more than iou_threshold: rows of picture, class and box. How many
/// there are, only a run tells.
/// </summary>
public sealed class NonMaxSuppression(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _centres = attributes.Integer("center_point_box", 0) != 0;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor boxes = Required(inputs, 0), scores = Required(inputs, 1);
        float[] corners = Numbers(boxes), values = Numbers(scores);
        long most = Optional(inputs, 2) is { } limit ? Integers(limit).Single() : 0;
        float overlap = Optional(inputs, 3) is { } share ? Numbers(share).Single() : 0, least = Optional(inputs, 4) is { } floor ? Numbers(floor).Single() : float.NegativeInfinity;
        int count = (int)boxes.shape[1], classes = (int)scores.shape[1];
        var chosen = new List<long>();
        for (int picture = 0; picture < boxes.shape[0] && most > 0; picture++)
        {
            for (int kind = 0; kind < classes; kind++)
            {
                int from = (picture * classes + kind) * count;
                var kept = new List<int>();
                foreach (int box in Enumerable.Range(0, count).Where(i => values[from + i] > least).OrderByDescending(i => values[from + i]))
                {
                    if (kept.Count >= most) break;
                    if (!kept.Exists(other => Overlap(corners.AsSpan(4 * (picture * count + box), 4), corners.AsSpan(4 * (picture * count + other), 4)) > overlap)) kept.Add(box);
                }
                foreach (int box in kept) chosen.AddRange([picture, kind, box]);
            }
        }
        return tensor(chosen.ToArray(), [chosen.Count / 3, 3], device: boxes.device);
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        long[] boxes = Required(inputs, 0).Shape, scores = Required(inputs, 1).Shape;
        if (boxes is not [var n, var count, 4] || scores is not [var m, _, var scored] || n != m || count != scored) throw Wrong($"cannot choose among boxes [{string.Join(", ", boxes)}] with scores [{string.Join(", ", scores)}].");
        if (Array.Exists(inputs, i => i is { Constant: null })) throw OpenShape("boxes as the picture has");
        using Tensor answer = Forward([.. inputs.Select(i => i?.Constant)]);
        return answer.shape;
    }

    private static float[] Numbers(Tensor tensor)
    {
        using Tensor detached = tensor.detach(), numbers = detached.to(ScalarType.Float32).cpu().contiguous();
        return numbers.data<float>().ToArray();
    }

    /// <summary>Intersection over union.</summary>
    private float Overlap(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (top, left, bottom, right) = Box(a);
        var (otherTop, otherLeft, otherBottom, otherRight) = Box(b);
        float shared = Math.Max(0, Math.Min(bottom, otherBottom) - Math.Max(top, otherTop)) * Math.Max(0, Math.Min(right, otherRight) - Math.Max(left, otherLeft));
        float together = (bottom - top) * (right - left) + (otherBottom - otherTop) * (otherRight - otherLeft) - shared;
        return shared <= 0 || together <= 0 ? 0 : shared / together;
    }

    private (float Top, float Left, float Bottom, float Right) Box(ReadOnlySpan<float> b) => _centres
        ? (b[1] - b[3] / 2, b[0] - b[2] / 2, b[1] + b[3] / 2, b[0] + b[2] / 2)
        : (Math.Min(b[0], b[2]), Math.Min(b[1], b[3]), Math.Max(b[0], b[2]), Math.Max(b[1], b[3]));
}
