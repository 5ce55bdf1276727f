using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>One neuron of a layer.</summary>
/// <param name="Value">The layer's value.</param>
/// <param name="Channel">Its channel; null for the one with the largest value.</param>
/// <param name="Position">Row and column; null for the place of the channel's largest value.</param>
public sealed record NeuronTarget(string Value, int? Channel, (int Row, int Column)? Position) : ITarget
{
    /// <inheritdoc/>
    public Tensor Choose(Tensor value)
    {
        long[] shape = value.shape;
        Tensor maps = value.reshape(shape[0], shape.Length > 1 ? shape[1] : 1, -1); // [N, C, places]
        long places = maps.shape[2];
        long? place = Position is { } p ? p.Row * shape[^1] + p.Column : null;
        return (Channel, place) switch
        {
            ({ } c, { } at) => full([shape[0]], c * places + at, ScalarType.Int64, value.device),
            ({ } c, null) => maps.select(1, c).argmax(1) + c * places,
            (null, { } at) => maps.select(2, at).argmax(1) * places + at,
            _ => maps.flatten(1).argmax(1),
        };
    }
}
