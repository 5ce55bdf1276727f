using CnnVis.Engine.Graphs.Walks;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Some positions of the occluder on their way through a plan's steps.</summary>
internal sealed unsafe class PatchRun : IDisposable
{

    private readonly PatchPlan _plan;
    private readonly PatchBase _base;
    private readonly Dictionary<string, PatchValue> _patches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _sums = new(StringComparer.Ordinal);

    public PatchRun(PatchPlan plan, PatchBase @base, int[] positions, CancellationToken cancellation)
    {
        (_plan, _base, Cancellation) = (plan, @base, cancellation);
        int columns = plan.Input.Columns.Start.Length;
        Rows = [.. positions.Select(p => p / columns)];
        Columns = [.. positions.Select(p => p % columns)];
    }

    /// <summary>Positions.</summary>
    public int Count => Rows.Length;

    /// <summary>Place of the occluder's row, by position.</summary>
    public int[] Rows { get; }

    /// <summary>Place of the occluder's column, by position.</summary>
    public int[] Columns { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Memory for what one group of positions needs.</summary>
    public PatchScratch Scratch { get; } = new();

    /// <summary>Runs the steps.</summary>
    /// <param name="fill">The picture that the occluder shows, [H, W, C].</param>
    /// <param name="progress">Takes seconds' worth of work done.</param>
    public void Run(Tensor fill, Action<double> progress)
    {
        var lastUses = _plan.LastUses();
        PatchValue input = Begin(_plan.Input);
        var shown = new PatchSource(TensorMemory.Address(fill), _plan.Input.Height, _plan.Input.Width, _plan.Input.Channels, null);
        foreach (int[] members in Groups(_plan.Input, 0)) input.Add(members, Gather(shown, members, Boxes(_plan.Input, members), 0).permute(0, 3, 1, 2));
        Sum(_plan.Input.Value);
        foreach (PatchStep step in _plan.Steps)
        {
            step.Run(this);
            Sum(step.Node.Output);
            foreach (string value in step.Node.Inputs.Append(step.Node.Output).Select(_plan.Map).OfType<PatchMap>().Select(m => m.Value).Distinct())
                if (lastUses.GetValueOrDefault(value) == step && _patches.Remove(value, out PatchValue? dead)) dead.Dispose();
            progress(step.Cost);
        }
    }

    /// <summary>A value for some of the positions, whole: [n, …].</summary>
    public Tensor Whole(string value, int first, int count)
    {
        if (_whole.TryGetValue(value, out Tensor? whole)) return whole.narrow(0, first, count);
        PatchMap map = _plan.Map(value)!;
        int[] members = [.. Enumerable.Range(first, count)];
        Tensor maps = Gather(Source(value), members, new PatchBoxes(new int[count], new int[count], map.Height, map.Width), 0).permute(0, 3, 1, 2); // [n, C, H, W]
        return map.IsFolded ? maps.reshape(count, -1) : maps;
    }

    /// <summary>Sums of a value's maps, [positions, C], where it was asked for.</summary>
    public double[] SumsOf(string value) => _sums[value];

    /// <summary>A value that does not follow from the picture; null where a node leaves it out.</summary>
    public Tensor? Constant(string value) => value.Length == 0 ? null : _plan.Parameter(value) ?? _base[value];

    /// <summary>A value of the unchanged picture: maps as [1, H, W, C].</summary>
    public Tensor Base(string value) => _base[value];

    /// <summary>The patches of a value.</summary>
    public PatchValue Patches(string value) => _patches[_plan.Map(value)!.Value];

    /// <summary>A map as each position has it.</summary>
    public PatchSource Source(string value)
    {
        PatchMap map = _plan.Map(value)!;
        return new PatchSource(TensorMemory.Address(_base[value]), map.Height, map.Width, map.Channels, Patches(value));
    }

    /// <summary>A constant, spread over a map.</summary>
    public PatchSource Spread(string value, int height, int width)
    {
        Tensor constant = Constant(value)!;
        while (constant.dim() < 4) constant = constant.unsqueeze(0);
        int channels = (int)constant.shape[1];
        Tensor spread = constant.expand(1, channels, height, width).permute(0, 2, 3, 1).contiguous(); // [1, H, W, C]
        return new PatchSource(TensorMemory.Address(_base.Keep(value, spread)), height, width, channels, null);
    }

    /// <summary>The patches of some members, all of one size, as operators take them: [n, C, h, w].</summary>
    public Tensor Map(PatchValue value, int[] members)
    {
        if (value.Pieces.FirstOrDefault(p => p.Members.AsSpan().SequenceEqual(members)) is { } piece) return piece.Map;
        PatchMap map = value.Map;
        // Nothing but patches is read, so that the unchanged map is not needed.
        return Gather(new PatchSource(0, map.Height, map.Width, map.Channels, value), members, Boxes(map, members), 0).permute(0, 3, 1, 2);
    }

    /// <summary>Opens the patches of a value.</summary>
    public PatchValue Begin(PatchMap map) => _patches[map.Value] = new PatchValue(map, Count);

    /// <summary>Gives a value whole.</summary>
    public void SetWhole(string value, Tensor whole) => _whole[value] = whole;

    /// <summary>Positions whose patches are of one size, in groups that memory bears.</summary>
    /// <param name="map">Whose patches.</param>
    /// <param name="gathered">Floats that are gathered for a place of the map.</param>
    public IEnumerable<int[]> Groups(PatchMap map, int gathered)
    {
        foreach (var group in Enumerable.Range(0, Count).GroupBy(m => (map.Rows.Class[Rows[m]], map.Columns.Class[Columns[m]])))
        {
            long size = (long)map.Rows.Lengths[group.Key.Item1] * map.Columns.Lengths[group.Key.Item2] * Math.Max(gathered, map.Channels);
            int count = group.Count(), parts = (int)Math.Min(count, (count * size + _plan.GroupSize - 1) / _plan.GroupSize);
            foreach (int[] part in group.Chunk((count + parts - 1) / parts))
            {
                Cancellation.ThrowIfCancellationRequested();
                yield return part;
            }
        }
    }

    /// <summary>Where the patches of a group lie.</summary>
    public PatchBoxes Boxes(PatchMap map, int[] members) => new(
        [.. members.Select(m => map.Rows.Start[Rows[m]])], [.. members.Select(m => map.Columns.Start[Columns[m]])],
        map.Rows.Length(Rows[members[0]]), map.Columns.Length(Columns[members[0]]));

    /// <summary>Parts of a map, [n, h, w, C].</summary>
    public Tensor Gather(PatchSource source, int[] members, PatchBoxes boxes, float outside)
    {
        Tensor parts = empty(members.Length, boxes.Height, boxes.Width, source.Channels);
        Gather(source, members, boxes, outside, (float*)TensorMemory.Address(parts), source.Channels);
        return parts;
    }

    /// <summary>Parts of a map, [n, h, w, C], that are gone when others are gathered in passing.</summary>
    public Tensor GatherInPassing(PatchSource source, int[] members, PatchBoxes boxes, float outside)
    {
        Tensor parts = Scratch.Take("gathered", members.Length, boxes.Height, boxes.Width, source.Channels);
        Gather(source, members, boxes, outside, (float*)TensorMemory.Address(parts), source.Channels);
        return parts;
    }

    /// <summary>Parts of a map, written where they belong.</summary>
    public void Gather(PatchSource source, int[] members, PatchBoxes boxes, float outside, float* target, int pitch) =>
        PatchGather.Copy(source, members, Rows, Columns, boxes, outside, target, pitch);

    /// <summary>Computes a node.</summary>
    /// <exception cref="CnnVisException">libtorch refuses.</exception>
    public Tensor Compute(Node node, Func<Tensor> compute)
    {
        Cancellation.ThrowIfCancellationRequested();
        return WalkStep.Guarded(node, compute);
    }

    /// <summary>Sums of each map: those of the unchanged picture, and what the patches add.</summary>
    public double[] Sums(string value)
    {
        double[] sums = PatchSums.Of(Source(value), Rows, Columns), before = _base.Sums(value);
        for (int i = 0; i < sums.Length; i++) sums[i] += before[i % before.Length];
        return sums;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PatchValue value in _patches.Values) value.Dispose();
        Scratch.Dispose();
    }

    /// <summary>Sums a value where sums of it are wanted.</summary>
    private void Sum(string value)
    {
        if (_plan.Summed.Contains(value) && _plan.IsSummed(value)) _sums[value] = Sums(value);
    }
}
