using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// Erion, Janizek, Sturmfels, Lundberg and Lee 2021, equation 4: the mean of (x − x′) · ∂f(x′ + α(x − x′))/∂x over reference pictures x′ and
/// α uniform in [0, 1], 100 samples by default. The values add up to f(x) minus the mean f(x′), but for the sampling's error, which is reported.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1906.10670"/>
/// <code>
/// M = E[(x − x′) · ∂f/∂x (x′ + α(x − x′))],   x′ from the references, α ~ U(0, 1)
/// Σ M ≈ f(x) − E f(x′)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new ExpectedGradients(new SaliencyOptions { References = [new float[network.Input.Length]] })], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class ExpectedGradients : ISaliencyMethod
{
    private readonly SaliencyOptions _options;

    /// <param name="options">References, samples, seed.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: there are no references.</exception>
    public ExpectedGradients(SaliencyOptions options) => _options = options.References.Count > 0 ? options
        : throw new CnnVisException(ErrorIds.InvalidArgument, "ExpectedGradients compares with reference pictures: name some, or a folder of them, with -Reference.", nameof(ExpectedGradients));

    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        int samples = _options.Samples ?? 100;
        var random = new Random(_options.Seed);
        // References by turns in a random order, α spread evenly with a random place in each part: both only reduce the sampling's error.
        int[] order = [.. Enumerable.Range(0, _options.References.Count)];
        random.Shuffle(order);
        int[] parts = [.. Enumerable.Range(0, samples)];
        random.Shuffle(parts);
        double[] alphas = [.. parts.Select(part => (part + random.NextDouble()) / samples)];

        Tensor pixels = request.Pixels;
        Tensor[] sums = [.. request.Targets.Select(_ => zeros_like(pixels))];
        var targets = new SampledGradients(request).Visit(samples,
            sample => Reference(sample) + (pixels - Reference(sample)) * alphas[sample],
            (target, sample, _, gradient) => sums[target].add_((pixels - Reference(sample)) * gradient / samples));

        Tensor[] means = Absent(request, targets, samples, Reference);
        return [.. targets.Select((t, i) => new SaliencyResult(sums[i], t) { ConvergenceDelta = ConvergenceDelta.Of(sums[i], [.. t.Scores.Zip(means[i].cpu().data<float>(), (f, b) => f - b)]) })];

        Tensor Reference(int sample) => tensor(_options.References[order[sample % order.Length]], [1, .. pixels.shape[1..]], device: pixels.device);
    }

    /// <summary>Mean score of the references that were drawn, for each target [N].</summary>
    private static Tensor[] Absent(SaliencyRequest request, IReadOnlyList<ChosenTarget> targets, int samples, Func<int, Tensor> reference)
    {
        Tensor[] means = [.. targets.Select(_ => zeros(request.Count, device: request.Pixels.device))];
        for (int sample = 0; sample < samples; sample++)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor[] scores = Scores.Of(request.Network, reference(sample).expand(request.Pixels.shape), targets, request.Cancellation);
            for (int t = 0; t < means.Length; t++) means[t].add_(scores[t] / samples);
        }
        return means;
    }
}
