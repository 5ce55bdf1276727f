using static TorchSharp.torch;

namespace CnnVis.Engine.Synthesis.Transformations;

/// <summary>What happens to pictures between being made and being seen: what survives many of them is no accident of single pixels.</summary>
public interface ITransformation
{
    /// <summary>The pictures as the network will see them, differentiable.</summary>
    /// <param name="pixels">[N, C, H, W] in [0, 1].</param>
    /// <param name="random">One source a picture, so that a picture is the same in any batch.</param>
    Tensor Apply(Tensor pixels, IReadOnlyList<Random> random);
}
