using System.Globalization;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>What a column of a view shows where that is several numbers: a text that sorts and groups by them, the first one first.</summary>
public sealed class Shown : IComparable
{
    private readonly string _text;
    private readonly double[] _numbers;

    private Shown(string text, IEnumerable<double> numbers) => (_text, _numbers) = (text, numbers.ToArray());

    /// <summary>The sides of something, as in <c>64 x 112 x 112</c>.</summary>
    public static Shown Size(params int[] sides) => new(string.Join(" x ", sides), sides.Select(s => (double)s));

    /// <summary>A row and a column, as in <c>3, 4</c>.</summary>
    public static Shown Place(int row, int column) => new(string.Create(CultureInfo.InvariantCulture, $"{row}, {column}"), [row, column]);

    /// <summary>A unit of a layer by its number, or by the class that it stands for.</summary>
    /// <param name="channel">Its number, by which it sorts.</param>
    /// <param name="name">The class; null where it stands for none.</param>
    public static Shown Unit(int channel, string? name) => new(name ?? channel.ToString(CultureInfo.InvariantCulture), [channel]);

    /// <summary>An interval, as in <c>61.2-70.3</c>; null where it is not known.</summary>
    /// <param name="lower">Its lower end.</param>
    /// <param name="upper">Its upper end.</param>
    /// <param name="format">How a number is written.</param>
    public static Shown? Interval(double lower, double upper, string format)
    {
        if (double.IsNaN(lower) || double.IsNaN(upper)) return null;
        string between = lower < 0 || format.Contains('+', StringComparison.Ordinal) ? " to " : "-";
        return new Shown(lower.ToString(format, CultureInfo.CurrentCulture) + between + upper.ToString(format, CultureInfo.CurrentCulture), [lower, upper]);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj)
    {
        if (obj is not Shown other) return 1;
        int different = _numbers.Zip(other._numbers, (a, b) => a.CompareTo(b)).FirstOrDefault(c => c != 0);
        return different != 0 ? different : _numbers.Length.CompareTo(other._numbers.Length);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shown other && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => _numbers.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => _text;
}
