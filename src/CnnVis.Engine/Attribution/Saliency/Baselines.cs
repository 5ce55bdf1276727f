using CnnVis.Engine.Images;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Pictures in which nothing is to be seen.</summary>
internal static class Baselines
{
    /// <summary>What stands for each picture's absence: [N, C, H, W].</summary>
    public static Tensor Of(SaliencyRequest request, Baseline baseline, int seed)
    {
        float[] pixels = request.Pixels.ToFloats();
        int length = request.Network.Input.Length;
        float[] painted = [.. Enumerable.Range(0, request.Count).SelectMany(i => baseline.Paint(pixels[(i * length)..((i + 1) * length)], request.Network.Input, seed))];
        return tensor(painted, request.Pixels.shape, device: request.Pixels.device);
    }
}
