using CnnVis.Engine.Statistics;
using MathNet.Numerics.Distributions;

namespace CnnVis.Engine.Humans;

/// <summary>Says how many pictures a study needs, before anybody looks at one.</summary>
public static class StudyPlanner
{
    /// <summary>No study is larger.</summary>
    public const int MostPictures = 1_000_000;

    private const int Steady = 20;

    /// <summary>Pictures until McNemar's exact test shows the difference with this power, whatever one picture more or less does to it (the exact test's power goes up in a saw), by summing over all tables.</summary>
    /// <param name="first">Accuracy of the first, in [0, 1].</param>
    /// <param name="second">Accuracy of the second; another one.</param>
    /// <param name="kappa">κ of error consistency between them.</param>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <param name="alpha">Level of the test, two-sided, in (0, 1).</param>
    /// <param name="cancellation">Ends it between two sizes.</param>
    /// <returns>That number, and what the formula of large samples gives (Connor, Biometrics 1987).</returns>
    /// <exception cref="CnnVisException">These accuracies cannot have this κ, there is no difference, or it is too small to be shown by any study.</exception>
    public static (int Count, int Approximate) ForDifference(double first, double second, double kappa, double power, double alpha, CancellationToken cancellation = default)
    {
        var (_, onlyFirst, onlySecond, _) = Shares(first, second, kappa);
        double discordant = onlyFirst + onlySecond, difference = onlyFirst - onlySecond;
        if (Math.Abs(difference) < 1e-12) throw Wrong("Labelers of the same accuracy have no difference that a study could show: give two accuracies.");
        double byLevel = Normal.InvCDF(0, 1, 1 - alpha / 2), byPower = Normal.InvCDF(0, 1, power);
        double approximate = Math.Pow(byLevel * Math.Sqrt(discordant) + byPower * Math.Sqrt(Math.Max(0, discordant - difference * difference)), 2) / (difference * difference);
        if (approximate > MostPictures / 2) throw Wrong(FormattableString.Invariant($"A difference of {difference:G3} takes some {approximate:N0} pictures: no study shows it."));
        Dictionary<int, double> known = [];
        int least = 1, most = Math.Max(16, (int)Math.Ceiling(approximate));
        while (!IsEnough(most)) (least, most) = (most, most + most / 4 + 4);
        while (most - least > 1) // all sizes below least are too small, most is enough
        {
            int middle = (least + most) / 2;
            if (IsEnough(middle)) most = middle;
            else least = middle;
        }
        return (IsEnough(1) ? 1 : most, (int)Math.Ceiling(approximate));

        bool IsEnough(int count)
        {
            for (int n = count; n < count + Steady; n++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Power(n, onlyFirst, onlySecond, alpha, known) < power) return false;
            }
            return true;
        }
    }

    /// <summary>Pictures until κ's interval is this narrow, by the delta method.</summary>
    /// <param name="first">Accuracy of the first.</param>
    /// <param name="second">Accuracy of the second.</param>
    /// <param name="kappa">κ.</param>
    /// <param name="halfWidth">Wanted half of the interval's width, above 0.</param>
    /// <param name="confidence">Of the interval, in (0, 1).</param>
    /// <exception cref="CnnVisException">These accuracies cannot have this κ, or no study is that narrow.</exception>
    public static int ForHalfWidth(double first, double second, double kappa, double halfWidth, double confidence)
    {
        double one = HalfWidth(1, first, second, kappa, confidence), count = Math.Ceiling(one * one / (halfWidth * halfWidth) - 1e-9);
        return count <= MostPictures ? Math.Max(1, (int)count) : throw Wrong(FormattableString.Invariant($"A half-width of {halfWidth:G3} takes {count:N0} pictures: no study has so many."));
    }

    /// <summary>Probability that McNemar's exact test finds a difference among so many pictures.</summary>
    /// <exception cref="CnnVisException">These accuracies cannot have this κ.</exception>
    public static double Power(int count, double first, double second, double kappa, double alpha)
    {
        var (_, onlyFirst, onlySecond, _) = Shares(first, second, kappa);
        return Power(count, onlyFirst, onlySecond, alpha, []);
    }

    /// <summary>Half the width of κ's interval with so many pictures, by the delta method.</summary>
    /// <exception cref="CnnVisException">These accuracies cannot have this κ.</exception>
    public static double HalfWidth(int count, double first, double second, double kappa, double confidence)
    {
        Shares(first, second, kappa);
        return Normal.InvCDF(0, 1, (1 + confidence) / 2) * ErrorConsistency.Deviation(first, second, kappa) / Math.Sqrt(count);
    }

    /// <summary>Shares of the 2 × 2 table: both right, only the first, only the second, neither.</summary>
    /// <exception cref="CnnVisException">These accuracies cannot have this κ.</exception>
    public static (double Both, double OnlyFirst, double OnlySecond, double Neither) Shares(double first, double second, double kappa)
    {
        var shares = ErrorConsistency.Shares(first, second, kappa);
        if (Math.Min(Math.Min(shares.Both, shares.Neither), Math.Min(shares.OnlyFirst, shares.OnlySecond)) >= -1e-12) return (Math.Max(0, shares.Both), Math.Max(0, shares.OnlyFirst), Math.Max(0, shares.OnlySecond), Math.Max(0, shares.Neither));
        double expected = ErrorConsistency.Expected(first, second);
        double Of(double discordant) => ErrorConsistency.Kappa(1 - discordant, expected);
        double most = Of(Math.Abs(first - second)), least = Of(Math.Min(first + second, 2 - first - second));
        throw Wrong(FormattableString.Invariant($"Labelers of accuracies {first:G4} and {second:G4} cannot have a kappa of {kappa:G4}: theirs lies between {least:F3} and {most:F3}."));
    }

    /// <param name="count">Pictures.</param>
    /// <param name="onlyFirst">Share that only the first is right about.</param>
    /// <param name="onlySecond">Share that only the second is right about.</param>
    /// <param name="alpha">Level.</param>
    /// <param name="known">Probabilities of finding it by the number of discordant pictures, kept from size to size.</param>
    private static double Power(int count, double onlyFirst, double onlySecond, double alpha, Dictionary<int, double> known)
    {
        double discordant = Math.Min(1, onlyFirst + onlySecond);
        if (discordant == 0) return 0;
        double share = Math.Clamp(onlyFirst / discordant, 0, 1), deviation = Math.Sqrt(count * discordant * (1 - discordant)), middle = count * discordant;
        int from = Math.Max(1, (int)(middle - 8 * deviation) - 1), to = Math.Min(count, (int)(middle + 8 * deviation) + 1);
        double power = 0;
        for (int m = from; m <= to; m++)
        {
            if (!known.TryGetValue(m, out double found)) known[m] = found = Found(m);
            power += Binomial.PMF(discordant, count, m) * found;
        }
        return power;

        double Found(int m)
        {
            int critical = McNemarTest.Critical(m, alpha);
            return critical < 0 ? 0 : Binomial.CDF(share, m, critical) + Binomial.CDF(1 - share, m, critical);
        }
    }

    private static CnnVisException Wrong(string message) => new(ErrorIds.InvalidArgument, message);
}
