namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>How <see cref="AutoPgd"/> gets on with each picture.</summary>
internal sealed class AutoPgdProgress
{
    private readonly double[] _best, _last, _bestAtCheck;
    private readonly int[] _rises;
    private readonly bool[] _halved;
    private int _since;

    private AutoPgdProgress(double[] best, double[] last, double[] bestAtCheck, int[] rises, bool[] halved, float[] lengths, int since) =>
        (_best, _last, _bestAtCheck, _rises, _halved, Lengths, _since) = (best, last, bestAtCheck, rises, halved, lengths, since);

    /// <summary>Length of the next step, by picture.</summary>
    public float[] Lengths { get; }

    public static AutoPgdProgress Start(int count, double length) =>
        new(Filled(count, double.NegativeInfinity), Filled(count, double.NegativeInfinity), Filled(count, double.NegativeInfinity), new int[count], new bool[count], [.. Filled(count, length).Select(l => (float)l)], 0);

    /// <summary>The pictures that stay.</summary>
    public AutoPgdProgress Without(bool[] done)
    {
        return new AutoPgdProgress(Stay(_best), Stay(_last), Stay(_bestAtCheck), Stay(_rises), Stay(_halved), Stay(Lengths), _since);

        T[] Stay<T>(T[] all) => [.. all.Where((_, i) => !done[i])];
    }

    /// <summary>Takes the losses of a step; says where they are the largest so far.</summary>
    public bool[] Take(float[] losses)
    {
        _since++;
        bool[] best = new bool[losses.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            if (losses[i] > _last[i]) _rises[i]++;
            _last[i] = losses[i];
            best[i] = losses[i] > _best[i];
            if (best[i]) _best[i] = losses[i];
        }
        return best;
    }

    /// <summary>Halves the steps where the loss rose too seldom since the last check, or where neither it nor the step has changed. Says where that is.</summary>
    public bool[] Check(double share)
    {
        bool[] halve = new bool[_best.Length];
        for (int i = 0; i < halve.Length; i++)
        {
            halve[i] = _rises[i] < share * _since || !_halved[i] && _best[i] <= _bestAtCheck[i];
            if (halve[i]) Lengths[i] /= 2;
            (_halved[i], _bestAtCheck[i], _rises[i]) = (halve[i], _best[i], 0);
        }
        _since = 0;
        return halve;
    }

    private static double[] Filled(int count, double value)
    {
        double[] all = new double[count];
        Array.Fill(all, value);
        return all;
    }
}
