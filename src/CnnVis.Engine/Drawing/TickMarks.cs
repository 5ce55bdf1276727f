using System.Globalization;

namespace CnnVis.Engine.Drawing;

/// <summary>Round numbers along a scale.</summary>
public static class TickMarks
{
    /// <summary>
    /// Both ends and the multiples of a round step (1, 2 or 5 times a power of ten) between them, ascending. A round number that lies
    /// so close to an end that both could not be read is left out. Where both ends are equal there is one mark.
    /// </summary>
    /// <param name="low">Value of the low end.</param>
    /// <param name="high">Value of the high end.</param>
    /// <param name="count">About how many steps; at least 1.</param>
    public static IReadOnlyList<TickMark> Between(double low, double high, int count = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(high > low) || !double.IsFinite(high - low)) return [new TickMark(low, Format(low, Math.Abs(low) / 100), IsEnd: true)];
        double step = RoundStep((high - low) / count), finer = step / 10, size = Math.Max(Math.Abs(low), Math.Abs(high));
        List<TickMark> marks = [new(low, Format(low, finer, size), IsEnd: true)];
        for (double i = Math.Ceiling(low / step); i * step < high; i++)
        {
            double value = i * step, margin = value == 0 ? finer : step * 0.4;
            if (value - low > margin && high - value > margin) marks.Add(new TickMark(value, Format(value, step, size)));
        }
        marks.Add(new TickMark(high, Format(high, finer, size), IsEnd: true));
        return marks;
    }

    /// <summary>
    /// A number, invariant and as short as keeps what is a <paramref name="resolution"/> apart apart: 0.25, 1.2e-3, 40. Powers of ten
    /// are used below a thousandth and from a hundred thousand on.
    /// </summary>
    public static string Format(double value, double resolution) => Format(value, resolution, Math.Abs(value));

    /// <summary>As above, with the notation that suits the largest number beside it.</summary>
    private static string Format(double value, double resolution, double size)
    {
        if (value == 0) return "0";
        if (!double.IsFinite(value) || !(resolution > 0)) return value.ToString("G4", CultureInfo.InvariantCulture);
        int first = Order(Math.Abs(value)), last = Math.Min(Order(resolution), first);
        bool isPlain = size is >= 1e-3 and < 1e5;
        string decimals = new('#', Math.Clamp(isPlain ? -last : first - last, 0, 15));
        return value.ToString(isPlain ? $"0.{decimals}" : $"0.{decimals}e0", CultureInfo.InvariantCulture);
    }

    /// <summary>The power of ten that a positive number starts with.</summary>
    private static int Order(double size) => (int)Math.Floor(Math.Log10(size) + 1e-9);

    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step))), lead = step / power;
        return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }
}
