namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// How long the steps of a descent are, picture by picture, and when it ends: where the loss has not fallen by 0.01 % since the last check, as in the code of Carlini and Wagner, steps
/// shrink to a tenth, so that it comes to rest, and the next time it is over.
/// </summary>
internal sealed class DescentPace
{
    private const double Enough = 0.9999;

    private readonly double[] _best, _bestAtCheck;
    private readonly double _first;

    private DescentPace(double[] best, double[] bestAtCheck, float[] rates, double first) => (_best, _bestAtCheck, Rates, _first) = (best, bestAtCheck, rates, first);

    /// <summary>Length of the next step, by picture.</summary>
    public float[] Rates { get; }

    /// <summary>All pictures at the first length.</summary>
    public static DescentPace Start(int count, double rate)
    {
        double[] infinite = new double[count];
        float[] rates = new float[count];
        Array.Fill(infinite, double.PositiveInfinity);
        Array.Fill(rates, (float)rate);
        return new DescentPace(infinite, [.. infinite], rates, rate);
    }

    /// <summary>Takes the losses of a step.</summary>
    public void Take(IReadOnlyList<double> losses)
    {
        for (int i = 0; i < _best.Length; i++) _best[i] = Math.Min(_best[i], losses[i]);
    }

    /// <summary>Looks back; says which pictures are done.</summary>
    public bool[] Check()
    {
        bool[] done = new bool[_best.Length];
        for (int i = 0; i < done.Length; i++)
        {
            bool stalls = _best[i] > Enough * _bestAtCheck[i];
            _bestAtCheck[i] = _best[i];
            if (!stalls) continue;
            done[i] = Rates[i] < _first;
            Rates[i] /= 10;
        }
        return done;
    }

    /// <summary>The pictures that stay.</summary>
    public DescentPace Without(bool[] done)
    {
        return new DescentPace(Stay(_best), Stay(_bestAtCheck), Stay(Rates), _first);

        T[] Stay<T>(T[] all) => [.. all.Where((_, i) => !done[i])];
    }
}
