using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Values of the unchanged picture: what patches are put over. Its tensors live in the caller's dispose scope.</summary>
internal sealed unsafe class PatchBase
{
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _sums = new(StringComparer.Ordinal);

    /// <param name="plan">What is needed.</param>
    /// <param name="walk">Gives the plan's <see cref="PatchPlan.Base"/>.</param>
    /// <param name="picture">[1, C, H, W].</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public PatchBase(PatchPlan plan, ForwardWalk walk, Tensor picture, CancellationToken cancellation)
    {
        Tensor[] values = walk.Run(picture, cancellation);
        Wanted = [.. plan.Answers.Concat(plan.Summed).Select(v => values[plan.Base.IndexOf(v)])];
        for (int i = 0; i < values.Length; i++)
        {
            string value = plan.Base[i];
            _values[value] = plan.Map(value) is { } map ? values[i].reshape(1, map.Channels, map.Height, map.Width).permute(0, 2, 3, 1).contiguous() : values[i];
        }
    }

    /// <summary>The plan's answers, and the maps of which sums are wanted, of the unchanged picture.</summary>
    public Tensor[] Wanted { get; }

    /// <summary>A value: where patches lie over it, [1, H, W, C].</summary>
    public Tensor this[string value] => _values[value];

    /// <summary>Keeps a tensor that was made from a constant.</summary>
    public Tensor Keep(string value, Tensor tensor) => _values[$"{value} spread"] = tensor;

    /// <summary>Sum of each map.</summary>
    public double[] Sums(string value)
    {
        if (_sums.TryGetValue(value, out double[]? sums)) return sums;
        Tensor map = _values[value];
        return _sums[value] = PatchSums.Whole((float*)TensorMemory.Address(map), (int)(map.shape[1] * map.shape[2]), (int)map.shape[3]);
    }
}
