using static TorchSharp.torch;

namespace CnnVis.Engine.Targets.Objectives;

/// <summary>
/// How much pictures of one objective differ in a layer's style (Olah, Mordvintsev and Schubert 2017): minus the mean cosine of each one's Gram matrix,
/// channels by channels, with those of the others. 0 where there is one picture.
/// </summary>
/// <param name="Value">Name of the layer's value.</param>
public sealed record DiversityObjective(string Value) : IObjective
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Values => [Value];

    /// <inheritdoc/>
    public bool ComparesPictures => true;

    /// <inheritdoc/>
    public Tensor Score(IReadOnlyList<Tensor> values)
    {
        Tensor value = values[0];
        long count = value.shape[0], channels = value.dim() < 2 ? 1 : value.shape[1];
        Tensor maps = value.reshape(count, channels, -1); // [N, C, places]
        Tensor grams = maps.matmul(maps.transpose(1, 2)).reshape(count, -1); // [N, C²]
        grams = grams / (grams.square().sum([1L], keepdim: true) + 1e-12).sqrt();
        Tensor cosines = grams.matmul(grams.t()); // [N, N]
        return -(cosines.sum([1L]) - cosines.diagonal()) / Math.Max(1, count - 1);
    }
}
