namespace CnnVis.Engine.Statistics;

/// <summary>A restricted cubic spline with four knots (Harrell, Regression Modeling Strategies 2015, section 2.4.5): a curve that bends between the 5th and 95th percentile and is straight outside.</summary>
internal sealed class NaturalSpline
{
    private static readonly double[] _quantiles = [0.05, 0.35, 0.65, 0.95];
    private readonly double[] _knots;
    private readonly double _middle, _span;

    public NaturalSpline(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        _knots = [.. _quantiles.Select(q => sorted[(int)Math.Round(q * (sorted.Length - 1))]).Distinct()];
        _middle = sorted.Average();
        _span = sorted[^1] > sorted[0] ? sorted[^1] - sorted[0] : 1;
    }

    /// <summary>The columns of a value: itself, centred, and a bend for each knot but the last two.</summary>
    public IEnumerable<double> Columns(double value)
    {
        yield return (value - _middle) / _span;
        if (_knots.Length < 3) yield break;
        double last = _knots[^1], next = _knots[^2];
        for (int i = 0; i < _knots.Length - 2; i++)
            yield return Cube(value - _knots[i]) - Cube(value - next) * (last - _knots[i]) / (last - next) + Cube(value - last) * (next - _knots[i]) / (last - next);
    }

    private double Cube(double distance) => distance > 0 ? Math.Pow(distance / _span, 3) : 0;
}
