using System.Globalization;

namespace CnnVis.Engine.Adversarial;

/// <summary>Sizes of perturbations as users write them.</summary>
public static class AttackSize
{
    /// <summary>What is taken if none is given: 8/255 for L∞; 0.5 for L2 and 12 for L1 at 3 · 32², as is customary for CIFAR-10, and in proportion for other sizes, so that each value may change as much; 1 % of the values for L0.</summary>
    /// <param name="norm">The norm.</param>
    /// <param name="length">Values of a picture.</param>
    public static double Default(AttackNorm norm, int length) => norm switch
    {
        AttackNorm.LInf => 8.0 / 255,
        AttackNorm.L2 => 0.5 * Math.Sqrt(length / 3072.0),
        AttackNorm.L1 => 12 * length / 3072.0,
        _ => Math.Ceiling(length / 100.0),
    };

    /// <summary>What to tell a user whose sizes look like L∞ ones where an attack measures otherwise: the largest is less than a tenth of the customary one, or by L0 less than one value; null where all is well.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="norm">By which it measures.</param>
    /// <param name="sizes">As given; none where the attack's own counts.</param>
    /// <param name="length">Values of a picture.</param>
    public static string? Warning(IAttack attack, AttackNorm norm, IReadOnlyList<double> sizes, int length)
    {
        double usual = Default(norm, length), largest = sizes.Append(0).Max();
        if (norm == AttackNorm.LInf || largest <= 0 || largest >= (norm == AttackNorm.L0 ? 1 : usual / 10)) return null;
        string others = attack.Norms.Contains(AttackNorm.LInf) ? ", or measure by -Norm LInf" : "";
        string without = attack.IsMinimal ? $". Leave -Epsilon out for the smallest perturbation whatever its size{others}" : others;
        return string.Create(CultureInfo.InvariantCulture, $"{attack.Name} measures by {norm}, where -Epsilon {largest:G3} is very little: sizes such as 8/255 belong to LInf. For pictures of {length} values give about {usual:G3} by {norm}{without}.");
    }

    /// <summary>A number, or a fraction such as <c>8/255</c>.</summary>
    /// <param name="text">As written.</param>
    /// <param name="what">What it is, for the message: <c>-Epsilon</c>.</param>
    /// <exception cref="CnnVisException">It is neither, or negative.</exception>
    public static double Parse(string text, string what)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 2 || !Number(parts[0], out double value) || parts.Length == 2 && (!Number(parts[1], out double by) || by == 0 || !double.IsFinite(value /= by)))
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{what} '{text}' is no number. Give one such as 0.03, or a fraction such as 8/255.", text);
        return value >= 0 ? value : throw new CnnVisException(ErrorIds.InvalidArgument, $"{what} {text} is negative; the size of a perturbation is 0 or more.", text);
    }

    private static bool Number(string text, out double value) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
