using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Yeh et al. 2019, definition 2.1: E (Iᵀ Φ(x) − (f(x) − f(x − I)))² over Gaussian noise I, where f is the number that the method explains. It takes the map at its
/// word, as the change of f for each change of a pixel; maps in other units are better compared by <see cref="ScaledInfidelity"/>.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1901.09392"/>
/// <code>
/// E[(Iᵀ M − (f(x) − f(x − I)))²],   I ~ N(0, σ²)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new Infidelity(MetricOptions.Default)] };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public class Infidelity(MetricOptions options) : ISaliencyMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request)
    {
        using var none = no_grad();
        using var random = new Generator((ulong)options.Seed);
        SaliencyRequest explained = request.Explained;
        Tensor pixels = explained.Pixels, map = HeatMaps.Attributions(request.Result, explained.Network.Input);
        ChosenTarget target = request.Result.Target;
        Tensor score = Scores.Of(explained.Network, pixels, [target], explained.Cancellation)[0]; // [N]
        int together = Math.Max(1, explained.BatchSize / explained.Count);
        var (says, does) = (new List<Tensor>(), new List<Tensor>());
        for (int first = 0; first < options.Perturbations; first += together)
        {
            explained.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int some = Math.Min(together, options.Perturbations - first);
            // Drawn one by one on the processor, so that it is the same for any batch and device.
            Tensor noise = stack([.. Enumerable.Range(0, some).Select(_ => randn([1, .. pixels.shape[1..]], generator: random) * options.Deviation)]).to(pixels.device); // [k, 1, C, H, W]
            Tensor changed = Scores.Of(explained.Network, (pixels - noise).flatten(0, 1), [target], explained.Cancellation)[0].reshape(some, explained.Count); // [k, N]
            says.Add((noise * map).flatten(2).sum(2).MoveToOuterDisposeScope());
            does.Add((score - changed).MoveToOuterDisposeScope());
        }
        Tensor predicted = cat(says).to(ScalarType.Float64), actual = cat(does).to(ScalarType.Float64); // [samples, N]
        return MetricValue.Each((Scale(predicted, actual) * predicted - actual).square().mean([0]).cpu().data<double>().ToArray());
    }

    /// <summary>What maps are multiplied with, [N].</summary>
    /// <param name="predicted">The changes that the maps predict, [samples, N].</param>
    /// <param name="actual">The changes of the score, likewise.</param>
    private protected virtual Tensor Scale(Tensor predicted, Tensor actual) => ones(1, ScalarType.Float64, predicted.device);
}
