using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace CnnVis.Engine.Statistics;

/// <summary>Whether shares differ between groups.</summary>
public static class TrendTests
{
    /// <summary>
    /// Two-sided p of a linear trend of shares over ordered groups (Cochran, Biometrics 1954; Armitage, Biometrics 1955), the groups numbered through: z = Σ sᵢ(rᵢ − nᵢ p) / √(p (1 − p) (Σ nᵢ sᵢ² − (Σ nᵢ sᵢ)² / N)).
    /// Null where all are right or wrong, or there is one group.
    /// </summary>
    /// <param name="groups">Successes and trials of each group, in order.</param>
    public static double? CochranArmitage(IReadOnlyList<(int Successes, int Trials)> groups)
    {
        double trials = groups.Sum(g => (double)g.Trials), share = groups.Sum(g => (double)g.Successes) / trials;
        double first = 0, second = 0, above = 0;
        for (int s = 0; s < groups.Count; s++)
        {
            first += (double)groups[s].Trials * s;
            second += (double)groups[s].Trials * s * s;
            above += s * (groups[s].Successes - groups[s].Trials * share);
        }
        double variance = share * (1 - share) * (second - first * first / trials);
        return variance > 1e-12 ? 2 * Normal.CDF(0, 1, -Math.Abs(above) / Math.Sqrt(variance)) : null;
    }

    /// <summary>p of any difference of shares between groups: Pearson's χ² with one degree of freedom less than groups. Null where all are right or wrong, or there is one group.</summary>
    /// <param name="groups">Successes and trials of each group; empty ones do not count.</param>
    public static double? ChiSquare(IReadOnlyList<(int Successes, int Trials)> groups)
    {
        (int Successes, int Trials)[] filled = [.. groups.Where(g => g.Trials > 0)];
        double trials = filled.Sum(g => (double)g.Trials), share = filled.Sum(g => (double)g.Successes) / trials;
        if (filled.Length < 2 || share is not (> 0 and < 1)) return null;
        double statistic = filled.Sum(g => (g.Successes - g.Trials * share) * (g.Successes - g.Trials * share) / (g.Trials * share * (1 - share)));
        return UpperTail(filled.Length - 1, statistic);
    }

    /// <summary>p of any difference of ranks between groups (Kruskal and Wallis, Journal of the American Statistical Association 1952), with the correction for ties. Null where there is one group or one value.</summary>
    /// <param name="groups">The values of each group; empty ones do not count.</param>
    public static double? KruskalWallis(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        IReadOnlyList<double>[] filled = [.. groups.Where(g => g.Count > 0)];
        double[] all = [.. filled.SelectMany(g => g)], sorted = [.. all.Order()];
        double n = all.Length, ties = 0, between = 0;
        var ranks = new Dictionary<double, double>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++) { }
            double alike = end - start;
            ranks[sorted[start]] = (start + end + 1) / 2.0;
            ties += alike * alike * alike - alike;
        }
        if (filled.Length < 2 || ranks.Count < 2) return null;
        foreach (IReadOnlyList<double> group in filled)
        {
            double sum = group.Sum(v => ranks[v]);
            between += sum * sum / group.Count;
        }
        double statistic = (12 / (n * (n + 1)) * between - 3 * (n + 1)) / (1 - ties / (n * n * n - n));
        return UpperTail(filled.Length - 1, statistic);
    }

    /// <summary>Two-sided p of a rank correlation of n pairs by Student's t: ρ √((n − 2) / (1 − ρ²)). Null below three pairs.</summary>
    public static double? Spearman(double correlation, int pairs)
    {
        if (pairs < 3) return null;
        if (Math.Abs(correlation) >= 1) return 0;
        return 2 * StudentT.CDF(0, 1, pairs - 2, -Math.Abs(correlation) * Math.Sqrt((pairs - 2) / (1 - correlation * correlation)));
    }

    /// <summary>One-sided p of at most so many successes among pictures that were drawn from all without putting back (Fisher): P(X ≤ successes), hypergeometric.</summary>
    public static double AtMost(int successes, int drawn, int allSuccesses, int all) => Math.Min(1, Hypergeometric.CDF(all, allSuccesses, drawn, successes));

    /// <summary>P(χ² ≥ x), which one less the probability of being below cannot tell from 0 below 1e-16.</summary>
    private static double UpperTail(int degreesOfFreedom, double statistic) => SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, statistic / 2);
}
