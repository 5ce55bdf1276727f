using CnnVis.Engine.Images;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Petsiuk, Das and Saenko 2018, equation 6 and section 3.2: Σ f(x ⊙ M) · M / (E M · samples) over random masks M, grids of 7 × 7 cells that keep with probability ½,
/// interpolated and shifted by less than a cell. 2,000 masks by default; the same for every picture. f is the probability unless the logit is asked
/// for. What a mask hides shows the baseline, mid-grey by default, which is about the zero of networks that subtract a mean.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1806.07421"/>
/// <code>
/// M = 1 / (E[m] · n) Σᵢ f(b + mᵢ ⊙ (x − b)) · mᵢ
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new Rise(new SaliencyOptions { Samples = 500 })], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class Rise(SaliencyOptions options) : ISaliencyMethod
{
    private const int Cells = 7;
    private const double Kept = 0.5;

    /// <inheritdoc/>
    public ClassScore Score(ClassScore? asked) => asked ?? ClassScore.Probability;

    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        using var none = no_grad();
        using var random = new Generator((ulong)options.Seed);
        IReadOnlyList<ChosenTarget> targets = Scores.Choose(request.Network, request.Pixels, request.Targets, request.Cancellation);
        CnnInput input = request.Network.Input;
        Tensor pixels = request.Pixels, baseline = Baselines.Of(request, options.Baseline ?? Baseline.Grey, options.Seed);
        Tensor[] maps = [.. targets.Select(_ => zeros([request.Count, 1, input.Height, input.Width], device: pixels.device))];
        int samples = options.Samples ?? 2000, together = Math.Max(1, request.BatchSize / request.Count);
        for (int first = 0; first < samples; first += together)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int some = Math.Min(together, samples - first);
            Tensor masks = cat([.. Enumerable.Range(0, some).Select(_ => Mask(input, random))]).to(pixels.device); // [k, 1, H, W]
            Tensor hidden = (baseline + masks.unsqueeze(1) * (pixels - baseline)).flatten(0, 1); // [k · N, C, H, W]
            Tensor[] scores = Scores.Of(request.Network, hidden, targets, request.Cancellation);
            for (int t = 0; t < maps.Length; t++)
            {
                Tensor weights = scores[t].reshape(some, request.Count, 1, 1, 1);
                for (int s = 0; s < some; s++) maps[t].add_(weights[s] * masks[s]);
            }
            request.Progress?.Invoke((double)(first + some) / samples);
        }
        return [.. targets.Select((t, i) => new SaliencyResult(maps[i] / (samples * Kept), t))];
    }

    /// <summary>One mask, [1, 1, H, W] in [0, 1].</summary>
    private static Tensor Mask(CnnInput input, Generator random)
    {
        using var scope = NewDisposeScope();
        int rows = (input.Height + Cells - 1) / Cells, columns = (input.Width + Cells - 1) / Cells; // pixels of a cell
        Tensor grid = (rand([1, 1, Cells, Cells], generator: random) < Kept).to(ScalarType.Float32);
        Tensor wide = nn.functional.interpolate(grid, [(Cells + 1) * rows, (Cells + 1) * columns], mode: InterpolationMode.Bilinear, align_corners: false);
        long[] shift = randint(0, int.MaxValue, [2], ScalarType.Int64, generator: random).data<long>().ToArray();
        return wide.narrow(2, shift[0] % rows, input.Height).narrow(3, shift[1] % columns, input.Width).MoveToOuterDisposeScope();
    }
}
