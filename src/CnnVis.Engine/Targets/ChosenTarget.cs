using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>A target that has been looked up: one number for each picture.</summary>
/// <param name="Target">What was asked for.</param>
/// <param name="Index">For each picture the place in its share of the value.</param>
/// <param name="Scores">For each picture the number.</param>
public sealed record ChosenTarget(ITarget Target, long[] Index, float[] Scores) : ITarget
{
    /// <inheritdoc/>
    public string Value => Target.Value;

    /// <summary>Looks a target up.</summary>
    /// <param name="target">The target.</param>
    /// <param name="value">Its value, [N, …].</param>
    public static ChosenTarget Of(ITarget target, Tensor value)
    {
        using var scope = NewDisposeScope();
        Tensor places = target.Choose(value.detach()), scores = value.detach().flatten(1).gather(1, places.unsqueeze(1));
        return new ChosenTarget((target as ChosenTarget)?.Target ?? target, places.cpu().data<long>().ToArray(), scores.ToFloats());
    }

    /// <summary>The same numbers again, for batches that hold every picture several times over: picture by picture, then again.</summary>
    public Tensor Choose(Tensor value) => tensor(Index, device: value.device).repeat(value.shape[0] / Index.Length);

    /// <summary>The numbers of a value, [N].</summary>
    public Tensor Read(Tensor value) => value.flatten(1).gather(1, Choose(value).unsqueeze(1)).squeeze(1);

    /// <summary>The derivative of the sum of the numbers with respect to the value: 1 at each, 0 elsewhere.</summary>
    public Tensor Seed(Tensor value)
    {
        Tensor places = Choose(value).unsqueeze(1), flat = zeros_like(value).flatten(1); // [N, numbers]
        return flat.scatter_(1, places, ones_like(places, dtype: value.dtype)).reshape(value.shape);
    }
}
