namespace CnnVis;

/// <summary>How large a perturbation is, over the values of pixels in [0, 1].</summary>
public sealed record PerturbationSize
{
    /// <summary>Values that change.</summary>
    public required int L0 { get; init; }

    /// <summary>Pixels of which a value changes.</summary>
    public required int Pixels { get; init; }

    /// <summary>Sum of magnitudes.</summary>
    public required double L1 { get; init; }

    /// <summary>Root of the sum of squares.</summary>
    public required double L2 { get; init; }

    /// <summary>Largest magnitude.</summary>
    public required double LInf { get; init; }

    /// <summary>√(Σ (x′ − x)² / n) over the n values, as Szegedy et al. (2013, section 4.2) report it.</summary>
    public required double Distortion { get; init; }

    /// <summary>By one norm.</summary>
    public double this[AttackNorm norm] => norm switch { AttackNorm.LInf => LInf, AttackNorm.L2 => L2, AttackNorm.L1 => L1, _ => L0 };

    /// <summary>Measures a perturbation.</summary>
    /// <param name="before">[C, H, W].</param>
    /// <param name="after">The same.</param>
    /// <param name="plane">H · W.</param>
    public static PerturbationSize Of(ReadOnlySpan<float> before, ReadOnlySpan<float> after, int plane)
    {
        double sum = 0, squares = 0, largest = 0;
        int changed = 0;
        bool[] touched = new bool[plane];
        for (int i = 0; i < before.Length; i++)
        {
            double change = Math.Abs((double)after[i] - before[i]);
            if (change == 0) continue;
            changed++;
            touched[i % plane] = true;
            sum += change;
            squares += change * change;
            largest = Math.Max(largest, change);
        }
        return new PerturbationSize { L0 = changed, Pixels = touched.Count(t => t), L1 = sum, L2 = Math.Sqrt(squares), LInf = largest, Distortion = Math.Sqrt(squares / before.Length) };
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"LInf {LInf:G3}, L2 {L2:G3}, {Pixels} pixels");
}
