namespace CnnVis.Engine.Adversarial;

/// <summary>Between which values attacked pixels may lie.</summary>
/// <param name="Low">Smallest value, at least 0.</param>
/// <param name="High">Largest value, at most 1.</param>
public sealed record PixelBounds(double Low = 0, double High = 1)
{
    /// <summary>Bounds as a user gives them.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: they leave [0, 1], or begin with the larger.</exception>
    public static PixelBounds Of(double low, double high)
    {
        if (!(low >= 0 && high <= 1)) throw new CnnVisException(ErrorIds.InvalidArgument, $"-Bounds {low}, {high} leave [0, 1], where pixels lie.", low);
        return low <= high ? new PixelBounds(low, high) : throw new CnnVisException(ErrorIds.InvalidArgument, $"-Bounds begin with {low}, more than {high}: give the smallest value first.", low);
    }

    /// <summary>Writes, for each value, the least and the largest that it may take, such that in exact arithmetic none differs from the original by more than <paramref name="reach"/>. A value outside the bounds may stay where it is.</summary>
    /// <param name="values">Pictures one after another.</param>
    /// <param name="mask">Which values of a picture may change, [C, H, W]; null for all.</param>
    /// <param name="reach">Largest change of a value.</param>
    /// <param name="low">Gets the least values.</param>
    /// <param name="high">Gets the largest values.</param>
    public void Write(ReadOnlySpan<float> values, bool[]? mask, double reach, Span<float> low, Span<float> high)
    {
        float least = (float)Low, most = (float)High;
        for (int i = 0; i < values.Length; i++)
        {
            float x = values[i];
            if (mask is not null && !mask[i % mask.Length])
            {
                low[i] = high[i] = x;
                continue;
            }
            float down = (float)(x - reach), up = (float)(x + reach);
            if (x - (double)down > reach) down = MathF.BitIncrement(down);
            if (up - (double)x > reach) up = MathF.BitDecrement(up);
            low[i] = Math.Min(x, Math.Max(down, least));
            high[i] = Math.Max(x, Math.Min(up, most));
        }
    }
}
