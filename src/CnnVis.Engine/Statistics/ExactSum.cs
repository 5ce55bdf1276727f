namespace CnnVis.Engine.Statistics;

/// <summary>
/// A sum of doubles without rounding, so that neither order nor grouping changes a bit (Shewchuk 1997, Adaptive Precision Floating-Point Arithmetic): it is held as numbers that do not overlap, of which there are seldom more than three.
/// </summary>
public sealed class ExactSum
{
    private double[] _parts = new double[4]; // ascending in size, not overlapping
    private int _count;
    private double _beyond; // infinities and what is no number

    /// <summary>Adds a number.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            _beyond += value;
            return;
        }
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            var (sum, rest) = TwoSum(value, _parts[i]);
            if (rest != 0) _parts[kept++] = rest;
            value = sum;
        }
        if (kept == _parts.Length) Array.Resize(ref _parts, 2 * kept);
        _parts[kept++] = value;
        _count = kept;
    }

    /// <summary>Adds a product of two numbers, without rounding it.</summary>
    public void AddProduct(double a, double b)
    {
        double product = a * b;
        Add(product);
        Add(Math.FusedMultiplyAdd(a, b, -product));
    }

    /// <summary>The sum as numbers of which each is the nearest to what those before leave: the one way to write it, largest first; empty for 0.</summary>
    public double[] ToArray()
    {
        if (_beyond != 0) return [_beyond];
        var rest = new ExactSum { _parts = [.. _parts], _count = _count };
        var found = new List<double>();
        for (double next; (next = rest.Nearest()) != 0;)
        {
            found.Add(next);
            rest.Add(-next);
        }
        return [.. found];
    }

    /// <summary>The nearest double.</summary>
    public double Nearest()
    {
        if (_beyond != 0 || _count == 0) return _beyond;
        double sum = _parts[_count - 1], rest = 0;
        int i = _count - 2;
        for (; i >= 0; i--)
        {
            (sum, rest) = TwoSum(sum, _parts[i]);
            if (rest != 0) break;
        }
        // Half a unit away, what is smaller decides.
        if (i <= 0 || rest == 0 || rest < 0 != _parts[i - 1] < 0) return sum;
        double twice = 2 * rest, away = sum + twice;
        return twice == away - sum ? away : sum;
    }

    private static (double Sum, double Left) TwoSum(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return (sum, a - (sum - part) + (b - part));
    }
}
