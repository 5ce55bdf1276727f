using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A 3×3 convolution of stride 1 on patches, by <see cref="Winograd"/>. Patches are as many whole tiles as the map allows.</summary>
internal sealed class WinogradStep : PatchStep, IDisposable
{
    /// <summary>Rounding that is borne, over the layer's largest output.</summary>
    private const double MostError = 1e-5;

    private readonly WinogradTile _tile;
    private readonly SpatialWindow _window;
    private readonly PatchMap _input;
    private readonly PatchMap _output;
    private readonly double _multiplyAddsAPlace;
    private readonly Tensor _filters;

    private WinogradStep(Node node, WinogradTile tile, SpatialWindow window, PatchMap input, PatchMap output, double multiplyAddsAPlace, Tensor filters) : base(node) =>
        (_tile, _window, _input, _output, _multiplyAddsAPlace, _filters) = (tile, window, input, output, multiplyAddsAPlace, filters);

    public override PatchMap Output => _output;

    public override IEnumerable<string> BaseValues => [Node.Inputs[0]];

    public override double MultiplyAdds => _multiplyAddsAPlace * _tile.Share * Places(_tile, _output);

    public override double Cost => CostOf(_tile, _output, _multiplyAddsAPlace, _input.Channels);

    /// <summary>The tiles that cost least of those that compute these weights well enough; null where all cost more than <paramref name="most"/>.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="window">Its window.</param>
    /// <param name="input">Patches of its input.</param>
    /// <param name="rows">Rows of its output that change.</param>
    /// <param name="columns">Columns likewise.</param>
    /// <param name="multiplyAddsAPlace">Of the sum.</param>
    /// <param name="weights">[M, C, 3, 3].</param>
    /// <param name="most">Seconds.</param>
    public static WinogradStep? Cheapest(Node node, SpatialWindow window, PatchMap input, AxisRegions rows, AxisRegions columns, double multiplyAddsAPlace, Tensor weights, double most)
    {
        var plans = WinogradTile.All.Select(tile => (Tile: tile, Output: Plan(tile))).Select(p => (p.Tile, p.Output, Cost: CostOf(p.Tile, p.Output, multiplyAddsAPlace, input.Channels)));
        foreach (var (tile, output, _) in plans.Where(p => p.Cost < most).OrderBy(p => p.Cost))
        {
            Tensor filters = Winograd.Filters(tile, weights).DetachFromDisposeScope();
            if (Winograd.Error(tile, filters, weights) <= MostError) return new WinogradStep(node, tile, window, input, output, multiplyAddsAPlace, filters);
            filters.Dispose();
        }
        return null;

        PatchMap Plan(WinogradTile tile)
        {
            int channels = (int)weights.shape[0];
            var (r, c) = AxisRegions.Grouped(rows.Multiples(tile.Outputs), columns.Multiples(tile.Outputs), Work(tile, multiplyAddsAPlace, input.Channels, channels), Call(tile, input.Channels, channels));
            return new PatchMap(node.Output, channels, r, c);
        }
    }

    public override void Run(PatchRun run)
    {
        PatchSource source = run.Source(Node.Inputs[0]);
        PatchValue result = run.Begin(_output);
        Tensor? bias = Node.Inputs.Count > 2 ? run.Constant(Node.Inputs[2]) : null;
        // Half of what memory bears: transformed tiles are best read again while they are near.
        foreach (int[] members in run.Groups(_output, (int)(2 * _tile.Spread * Math.Max(_input.Channels, _output.Channels))))
        {
            using var scope = NewDisposeScope();
            PatchBoxes boxes = run.Boxes(_output, members);
            PatchBoxes whole = boxes with { Height = _tile.Whole(boxes.Height), Width = _tile.Whole(boxes.Width) };
            Tensor gathered = run.GatherInPassing(source, members, whole.Under(_window), 0); // [n, h + 2, w + 2, C]
            result.Add(members, run.Compute(Node, () => Winograd.Convolve(_tile, gathered, _filters, bias, boxes.Height, boxes.Width, run.Scratch)).permute(0, 3, 1, 2));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _filters.Dispose();

    /// <summary>Places in whole tiles.</summary>
    private static double Places(WinogradTile tile, PatchMap output)
    {
        return Along(output.Rows) * Along(output.Columns);

        double Along(AxisRegions regions) => regions.Class.Sum(c => (double)tile.Whole(regions.Lengths[c]));
    }

    private static double CostOf(WinogradTile tile, PatchMap output, double multiplyAddsAPlace, int inputChannels) =>
        Work(tile, multiplyAddsAPlace, inputChannels, output.Channels) * Places(tile, output) + Call(tile, inputChannels, output.Channels) * output.Groups;

    /// <summary>For a place: the products, and the transformed numbers of each channel, which are written and read where caches help.</summary>
    private static double Work(WinogradTile tile, double multiplyAddsAPlace, int inputChannels, int channels) =>
        PatchCost.Arithmetic(multiplyAddsAPlace * tile.Share) + PatchCost.Memory(2 * channels + inputChannels + 0.4 * 2 * tile.Spread * (inputChannels + channels));

    private static double Call(WinogradTile tile, int inputChannels, int channels) => 4 * PatchCost.Call + PatchCost.Memory((double)tile.Inputs * tile.Inputs * inputChannels * channels);
}
