
namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Selvaraju et al. 2017, section 3.3: guided backpropagation times Grad-CAM, which is interpolated to the picture's size as <see cref="SaliencyOptions.Placement"/> says.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1610.02391"/>
/// <code>
/// M = GuidedBackprop(x) · upsampled(GradCam(x))
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new SaliencyQuery { Methods = [new GuidedGradCam(SaliencyOptions.Default)], Classes = [null] }; // the most probable class
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMap map in new SaliencyAnalysis(network, query).Analyze(batch).SelectMany(maps => maps)) Console.WriteLine(map);
/// </code>
/// </example>
public sealed class GuidedGradCam(SaliencyOptions options) : ISaliencyMethod
{
    private readonly GuidedBackprop _guided = new(options);
    private readonly GradCam _cam = new(options);

    /// <inheritdoc/>
    public bool IsPicture => true;

    /// <inheritdoc/>
    public IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request)
    {
        var guided = _guided.Attribute(request);
        var cams = _cam.Attribute(request with { Targets = [.. guided.Select(g => g.Target)] });
        return [.. guided.Zip(cams, (g, cam) => g with { Map = g.Map * Upsampled.To(cam.Map, cam.Grid!, request.Network.Input) })];
    }
}
