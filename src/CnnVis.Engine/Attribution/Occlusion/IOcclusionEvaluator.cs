using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>A way to find out what the network says of occluded pictures.</summary>
internal interface IOcclusionEvaluator
{
    /// <summary>Computes positions of the occluder over one picture.</summary>
    /// <param name="picture">[1, C, H, W] in [0, 1].</param>
    /// <param name="fill">What the occluder shows, alike.</param>
    /// <param name="begin">Takes the answers for the picture as it is, before any others.</param>
    /// <param name="next">Gives the positions that are wanted next, when all before have been visited; none at the end.</param>
    /// <param name="visit">Takes positions and their answers.</param>
    /// <param name="progress">Takes the share of the work known so far that is done.</param>
    /// <param name="cancellation">Ends it.</param>
    void Evaluate(Tensor picture, Tensor fill, Action<OccludedAnswers> begin, Func<int[]> next, Action<IReadOnlyList<int>, OccludedAnswers> visit, Action<double> progress, CancellationToken cancellation);
}
