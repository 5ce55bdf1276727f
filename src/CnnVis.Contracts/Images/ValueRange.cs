namespace CnnVis;

/// <summary>The smallest and the largest of some values.</summary>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value; not below <paramref name="Low"/>.</param>
public readonly record struct ValueRange(double Low, double High)
{
    /// <summary>How far it reaches; 1 where all values are equal, so that one may divide by it.</summary>
    public double Span => High > Low ? High - Low : 1;

    /// <summary>The range of the finite values; 0 to 0 where there are none.</summary>
    public static ValueRange Of(ReadOnlySpan<float> values)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        return low <= high ? new ValueRange(low, high) : default;
    }

    /// <summary>From zero to the largest value, for values that have no sign; 0 to 0 where none is positive.</summary>
    public ValueRange FromZero() => new(0, Math.Max(0, High));

    /// <summary>As far below zero as above: ± the largest absolute value, for values that have one.</summary>
    public ValueRange Symmetric()
    {
        double reach = Math.Max(Math.Abs(Low), Math.Abs(High));
        return new ValueRange(-reach, reach);
    }

    /// <summary>Where a value lies in the range: 0 at the low end, 1 at the high end; not clamped.</summary>
    public double Fraction(double value) => (value - Low) / Span;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Low:G4} to {High:G4}");
}
