namespace CnnVis;

/// <summary>Total activation of one map of a layer while the occluder moves (Zeiler and Fergus 2013, figure 7b).</summary>
/// <param name="Layer">The layer's alias.</param>
/// <param name="Channel">The map's number.</param>
/// <param name="Total">Sum of the map for the picture as it is.</param>
/// <param name="Totals">Sum of the map for each position of the occluder: [rows, columns], row by row.</param>
public sealed record OcclusionLayer(string Layer, int Channel, float Total, float[] Totals) : ICnnResult
{
    /// <inheritdoc/>
    public override string ToString() => $"{Layer}:{Channel}";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer, Channel);

    internal Origin? Origin { get; init; }
}
