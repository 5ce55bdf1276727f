using MathNet.Numerics;

namespace CnnVis.Engine.Statistics;

/// <summary>McNemar's exact test (Psychometrika 1947; exact by the binomial distribution): whether two observers of the same trials are right equally often.</summary>
public static class McNemarTest
{
    /// <summary>Two-sided p: twice the probability that of the discordant trials, each going either way with probability ½, the rarer side has as few or fewer; at most 1.</summary>
    /// <param name="onlyFirst">Trials that only the first got right.</param>
    /// <param name="onlySecond">Trials that only the second got right.</param>
    public static double P(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        int discordant = onlyFirst + onlySecond, few = Math.Min(onlyFirst, onlySecond);
        if (2 * few >= discordant) return 1;
        double sum = 0;
        for (int k = 0; k <= few; k++) sum += Math.Exp(LogChoose(discordant, k) - discordant * Math.Log(2));
        return Math.Min(1, 2 * sum);
    }

    /// <summary>The greatest number on the rarer side for which the test still says that the observers differ; -1 where no number does.</summary>
    /// <param name="discordant">Discordant trials.</param>
    /// <param name="alpha">Level, two-sided.</param>
    internal static int Critical(int discordant, double alpha)
    {
        double sum = 0, scale = discordant * Math.Log(2);
        for (int k = 0; 2 * k < discordant; k++)
        {
            sum += Math.Exp(LogChoose(discordant, k) - scale);
            if (2 * sum > alpha) return k - 1;
        }
        return (discordant - 1) / 2;
    }

    internal static double LogChoose(int n, int k) => SpecialFunctions.FactorialLn(n) - SpecialFunctions.FactorialLn(k) - SpecialFunctions.FactorialLn(n - k);
}
