
namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Selvaraju et al. 2017, section 3.3: guided backpropagation times Grad-CAM, which is interpolated to the picture's size.</summary>
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
        return [.. guided.Zip(cams, (g, cam) => g with { Map = g.Map * Upsampled.To(cam.Map, request.Network.Input) })];
    }
}
