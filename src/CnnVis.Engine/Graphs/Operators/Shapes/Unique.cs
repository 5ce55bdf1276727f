using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>
/// ONNX Unique: the different elements of the flat input, or the different slices along an axis, sorted or in the order of their first places. Outputs: 0 these, 1 the first place of each, 2 for every
/// element which it is, 3 how often each comes. How many there are, only a run tells.
/// </summary>
public sealed class Unique(OperatorAttributes attributes) : Operator(attributes)
{
    private readonly bool _sorted = attributes.Integer("sorted", 1) != 0;

    /// <inheritdoc/>
    public override int OutputCount => 4;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor?[] inputs)
    {
        Tensor x = Required(inputs, 0);
        using var scope = NewDisposeScope();
        bool whole = !Attributes.Values.ContainsKey("axis");
        int axis = whole ? 0 : Axis(0, x.shape.Length, x.shape.Length - 1);
        Tensor lines = whole ? x.detach().reshape(-1, 1) : x.detach().movedim([axis], [0L]).reshape(x.shape[axis], -1);
        using Tensor wide = lines.to(ScalarType.Float64).cpu().contiguous();
        double[] numbers = wide.data<double>().ToArray();
        int count = (int)lines.shape[0], length = count == 0 ? 0 : numbers.Length / count;
        int Compare(int a, int b) => numbers.AsSpan(a * length, length).SequenceCompareTo(numbers.AsSpan(b * length, length));
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => i, Comparer<int>.Create(Compare))]; // stable: the first place of each comes first
        var firsts = new List<int>();
        var counts = new List<long>();
        int[] group = new int[count];
        foreach (int i in order)
        {
            if (firsts.Count == 0 || Compare(firsts[^1], i) != 0)
            {
                firsts.Add(i);
                counts.Add(0);
            }
            counts[^1]++;
            group[i] = firsts.Count - 1;
        }
        int[] listed = [.. Enumerable.Range(0, firsts.Count)];
        if (!_sorted) Array.Sort(listed, (a, b) => firsts[a].CompareTo(firsts[b]));
        int[] rank = new int[listed.Length];
        for (int i = 0; i < listed.Length; i++) rank[listed[i]] = i;
        Tensor places = tensor(listed.Select(g => (long)firsts[g]).ToArray(), device: x.device);
        return (Attributes.Output switch
        {
            0 => (whole ? x.reshape(-1) : x).index_select(axis, places),
            1 => places,
            2 => tensor(group.Select(g => (long)rank[g]).ToArray(), device: x.device),
            _ => tensor(listed.Select(g => counts[g]).ToArray(), device: x.device),
        }).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override long[] Shape(Operand?[] inputs)
    {
        using Tensor answer = Forward([Required(inputs, 0).Constant ?? throw OpenShape("different elements as the picture has")]);
        return answer.shape;
    }

    /// <inheritdoc/>
    public override SpatialAxes? Axes(Operand?[] inputs, long[] output) => null;
}
