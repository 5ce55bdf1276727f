using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>
/// The first fully connected layer on the difference only. Its weights are laid out by the map's places, [H, W, C, units], so that those
/// which a part of a row needs lie together. Positions are ordered by where their columns lie and then by rows; for each row of the map, those
/// that change it stand together, and one product adds what it contributes to them.
/// </summary>
internal sealed unsafe class LinearStep : PatchStep, IDisposable
{
    private readonly PatchMap _input;
    private readonly Tensor _matrix;
    private readonly bool _transposed;
    private readonly float _factor;
    private readonly int _units;
    private readonly List<(int From, int To, int[] Places)> _bands;
    private Tensor? _weights;

    public LinearStep(Node node, PatchMap input, Tensor matrix, bool transposed, float factor, int units) : base(node)
    {
        (_input, _matrix, _transposed, _factor, _units) = (input, matrix, transposed, factor, units);
        _bands = ColumnBands.Of(input.Columns, work: PatchCost.Arithmetic((double)input.Rows.Total * input.Channels * units), reading: PatchCost.Memory(0.7 * input.Height * input.Channels * units));
    }

    public override PatchMap? Output => null;

    public override IEnumerable<string> BaseValues => [Node.Inputs[0], Node.Output];

    public override double MultiplyAdds => (double)_input.Rows.Total * _bands.Sum(b => (b.To - b.From) * (double)b.Places.Length) * _input.Channels * _units;

    public override double Cost => PatchCost.Arithmetic(MultiplyAdds) + PatchCost.Memory(2 * _input.Size + (2.0 + 0.7 * _bands.Count) * _matrix.NumberOfElements);

    public override void Run(PatchRun run)
    {
        _weights ??= LinearWeights.ByPlace(_matrix, _transposed, _input.Channels, _input.Height * _input.Width, _factor).DetachFromDisposeScope();
        Tensor whole = run.Base(Node.Output).expand(run.Count, _units).clone(); // [members, units]
        PatchSource source = run.Source(Node.Inputs[0]);
        foreach (var (from, to, places) in _bands)
        {
            int[] members = [.. Enumerable.Range(0, run.Count).Where(m => Array.IndexOf(places, run.Columns[m]) >= 0).OrderBy(m => run.Rows[m])];
            if (members.Length == 0) continue;
            using var scope = NewDisposeScope();
            Tensor band = zeros(members.Length, _units);
            for (int row = 0; row < _input.Height; row++) AddRow(run, source, band, members, row, from, to - from);
            Tensor index = tensor([.. members.Select(m => (long)m)]);
            whole.index_add_(0, index, band, 1);
        }
        run.SetWhole(Node.Output, whole);
    }

    /// <inheritdoc/>
    public void Dispose() => _weights?.Dispose();

    /// <summary>Adds what one row of the map contributes, between two columns.</summary>
    private void AddRow(PatchRun run, PatchSource source, Tensor band, int[] members, int row, int left, int width)
    {
        bool Covers(int member) => _input.Rows.Start[run.Rows[member]] is var start && start <= row && row < start + _input.Rows.Length(run.Rows[member]);
        int first = Array.FindIndex(members, Covers), end = Array.FindLastIndex(members, Covers) + 1;
        if (first < 0) return;
        run.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        int[] changed = members[first..end];
        Tensor values = run.GatherInPassing(source, changed, new PatchBoxes([.. changed.Select(_ => row)], [.. changed.Select(_ => left)], 1, width), 0);
        Tensor before = run.Base(Node.Inputs[0]).narrow(1, row, 1).narrow(2, left, width); // [1, 1, w, C]
        Tensor difference = values.sub_(before).reshape(changed.Length, width * _input.Channels);
        Tensor weights = _weights!.narrow(0, (row * _input.Width + left) * _input.Channels, width * _input.Channels); // [w·C, units]
        band.narrow(0, first, changed.Length).addmm_(difference, weights);
    }
}
