namespace CnnVis.Engine.Synthesis.Fooling;

/// <summary>
/// Direct encoding (Nguyen, Yosinski and Clune 2014, section 2.3): every value of the picture is a gene. A child changes each with a chance of 10 %, which halves
/// every 1,000 generations, by polynomial mutation (Deb 2001) with η = 15.
/// </summary>
internal sealed class PixelGenome(float[] values) : IGenome
{
    private const double Chance = 0.1, Strength = 15;
    private const int HalfLife = 1000;

    /// <inheritdoc/>
    public float[] Render() => values;

    /// <inheritdoc/>
    public IGenome Mutate(Random random, int generation)
    {
        double chance = Chance * Math.Pow(0.5, generation / HalfLife);
        float[] child = [.. values];
        for (int i = 0; i < child.Length; i++)
        {
            if (random.NextDouble() >= chance) continue;
            double u = random.NextDouble();
            double change = u < 0.5 ? Math.Pow(2 * u, 1 / (Strength + 1)) - 1 : 1 - Math.Pow(2 * (1 - u), 1 / (Strength + 1));
            child[i] = (float)Math.Clamp(child[i] + change, 0, 1);
        }
        return new PixelGenome(child);
    }
}
