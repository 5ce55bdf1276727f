namespace CnnVis.Engine.Corruptions.Weather;

/// <summary>
/// Heights by diamonds and squares on a torus, as the authors have them: noise of a deviation w × U(−w, w), w from 100 and divided by the decay at each finer level; brought to [0, 1].
/// </summary>
internal static class Plasma
{
    /// <param name="side">A power of two.</param>
    /// <param name="decay">Above 1: the larger, the smoother.</param>
    /// <param name="random">The noise.</param>
    /// <returns>[side, side].</returns>
    public static float[] Of(int side, double decay, CorruptionRandom random)
    {
        double[] map = new double[side * side];
        double wibble = 100;
        for (int step = side; step >= 2; step /= 2, wibble /= decay)
        {
            int half = step / 2;
            for (int y = 0; y < side; y += step)
                for (int x = 0; x < side; x += step) At(y + half, x + half) = Mean(At(y, x) + At(y + step, x) + At(y, x + step) + At(y + step, x + step));
            for (int y = 0; y < side; y += step)
                for (int x = 0; x < side; x += step) At(y, x + half) = Mean(At(y + half, x + half) + At(y - half, x + half) + At(y, x) + At(y, x + step));
            for (int y = 0; y < side; y += step)
                for (int x = 0; x < side; x += step) At(y + half, x) = Mean(At(y + half, x + half) + At(y + half, x - half) + At(y, x) + At(y + step, x));
        }
        double low = map.Min(), span = map.Max() - low;
        return [.. map.Select(v => span > 0 ? (float)((v - low) / span) : 0)];

        ref double At(int y, int x) => ref map[(y & side - 1) * side + (x & side - 1)];

        double Mean(double sum) => sum / 4 + wibble * random.Uniform(-wibble, wibble);
    }
}
