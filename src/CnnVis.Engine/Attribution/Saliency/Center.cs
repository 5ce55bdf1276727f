using CnnVis.Engine.Targets;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// A control, which asks the network nothing: a Gaussian at the picture's centre, of deviation a quarter of each side. Photographers put things in
/// the middle (Zhang et al. 2016, section 4.2), so that a map is worth something where it does better than this.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1608.00507"/>
/// <code>
/// M = exp(−8 (r/H − ½)²) · exp(−8 (c/W − ½)²)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new Center(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class Center : ISaliencyMethod
{
    /// <param name="options">Not used.</param>
    public Center(SaliencyOptions options) => _ = options;

    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        request.Cancellation.ThrowIfCancellationRequested();
        CnnInput input = request.Network.Input;
        Tensor map = Bell(input.Height).unsqueeze(1) * Bell(input.Width).unsqueeze(0); // [H, W]
        map = map.to(request.Pixels.device).expand(request.Count, 1, input.Height, input.Width);
        return [.. Scores.Choose(request.Network, request.Pixels, request.Targets, request.Cancellation).Select(t => new SaliencyResult(map.clone(), t))];
    }

    private static Tensor Bell(int side) => (-8 * ((arange(side, ScalarType.Float32) + 0.5f) / side - 0.5f).square()).exp();
}
