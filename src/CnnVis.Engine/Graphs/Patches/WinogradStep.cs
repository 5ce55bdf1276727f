using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>A 3×3 convolution of stride 1 on patches, by <see cref="Winograd"/>. Patches are as many whole tiles as the map allows.</summary>
internal sealed class WinogradStep(Node node, SpatialWindow window, PatchMap input, PatchMap output, double multiplyAddsAPlace, Tensor weights) : PatchStep(node), IDisposable
{
    private Tensor? _filters;

    public override PatchMap Output => output;

    public override IEnumerable<string> BaseValues => [Node.Inputs[0]];

    public override double MultiplyAdds => multiplyAddsAPlace * Winograd.Share * output.Places;

    public override double Cost => CostOf(output, multiplyAddsAPlace, input.Channels) + PatchCost.Memory(weights.NumberOfElements);

    /// <summary>Patches of whole tiles, and what they would cost.</summary>
    public static (PatchMap Output, double Cost) Plan(string value, AxisRegions rows, AxisRegions columns, double multiplyAddsAPlace, int inputChannels, int channels)
    {
        (rows, columns) = AxisRegions.Grouped(rows.Multiples(Winograd.Tile), columns.Multiples(Winograd.Tile), Work(multiplyAddsAPlace, inputChannels, channels), Call(inputChannels, channels));
        var output = new PatchMap(value, channels, rows, columns);
        return (output, CostOf(output, multiplyAddsAPlace, inputChannels));
    }

    public override void Run(PatchRun run)
    {
        _filters ??= Winograd.Filters(weights).DetachFromDisposeScope();
        PatchSource source = run.Source(Node.Inputs[0]);
        PatchValue result = run.Begin(output);
        Tensor? bias = Node.Inputs.Count > 2 ? run.Constant(Node.Inputs[2]) : null;
        // Half of what memory bears: transformed tiles are best read again while they are near.
        foreach (int[] members in run.Groups(output, 8 * Math.Max(input.Channels, output.Channels)))
        {
            using var scope = NewDisposeScope();
            PatchBoxes boxes = run.Boxes(output, members);
            PatchBoxes whole = boxes with { Height = boxes.Height + boxes.Height % Winograd.Tile, Width = boxes.Width + boxes.Width % Winograd.Tile };
            Tensor gathered = run.Gather(source, members, whole.Under(window), 0); // [n, h + 2, w + 2, C]
            result.Add(members, run.Compute(Node, () => Winograd.Convolve(gathered, _filters, bias, boxes.Height, boxes.Width)).permute(0, 3, 1, 2));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _filters?.Dispose();

    private static double CostOf(PatchMap output, double multiplyAddsAPlace, int inputChannels) =>
        Work(multiplyAddsAPlace, inputChannels, output.Channels) * output.Places + Call(inputChannels, output.Channels) * output.Groups;

    /// <summary>For a place: the products, and four numbers of each channel that are written and read where caches help.</summary>
    private static double Work(double multiplyAddsAPlace, int inputChannels, int channels) =>
        PatchCost.Arithmetic(multiplyAddsAPlace * Winograd.Share) + PatchCost.Memory(2 * channels + inputChannels + 0.4 * 8 * (inputChannels + channels));

    private static double Call(int inputChannels, int channels) => 4 * PatchCost.Call + PatchCost.Memory(16.0 * inputChannels * channels);
}
