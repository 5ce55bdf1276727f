namespace CnnVis.Engine.Attribution.Occlusion;

/// <summary>What a network says of some pictures.</summary>
/// <param name="Count">Pictures.</param>
/// <param name="Probabilities">[pictures, classes].</param>
/// <param name="Logits">[pictures, classes].</param>
/// <param name="Totals">For each layer asked for, the sums of its maps: [pictures, channels].</param>
internal sealed record OccludedAnswers(int Count, float[] Probabilities, float[] Logits, float[][] Totals)
{
    /// <summary>Number <paramref name="column"/> of picture <paramref name="picture"/>, of values that have as many for each.</summary>
    public float At(float[] values, int picture, int column) => values[values.Length / Count * picture + column];
}
