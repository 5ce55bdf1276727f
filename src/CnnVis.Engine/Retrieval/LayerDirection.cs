namespace CnnVis.Engine.Retrieval;

/// <summary>A direction in the space of a layer's values. Its unit is the scalar product with it: at each position where it has a number a channel, once where it has one for each value of the layer.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Values">Its numbers; a map's channel by channel, row by row.</param>
/// <param name="IsRandom">Whether it was drawn at random.</param>
public sealed record LayerDirection(string Name, float[] Values, bool IsRandom)
{
    /// <summary>Directions drawn evenly from all: normal numbers, scaled to length 1 (Szegedy et al. 2013, section 3).</summary>
    /// <param name="layer">Over whose channels.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Every layer has its own numbers, which do not depend on what else is asked for.</param>
    public static IReadOnlyList<LayerDirection> Random(CnnLayer layer, int count, int seed)
    {
        var random = new Random(unchecked(seed * 397 ^ layer.Index));
        return [.. Enumerable.Range(0, count).Select(i => new LayerDirection($"random {i}", UnitVector(random, layer.Channels), IsRandom: true))];
    }

    private static float[] UnitVector(Random random, int length)
    {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) numbers[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double norm = Math.Sqrt(numbers.Sum(n => n * n));
        return [.. numbers.Select(n => (float)(norm > 0 ? n / norm : 1))];
    }
}
