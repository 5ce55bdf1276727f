namespace CnnVis.Engine.Correspondence.Measurement;

/// <summary>The errors of one picture's points, in input pixels.</summary>
internal sealed class PointErrors
{
    private readonly List<double> _errors = [];

    /// <summary>Points.</summary>
    public int Count => _errors.Count;

    /// <summary>Their median.</summary>
    public double Median
    {
        get
        {
            double[] sorted = [.. _errors];
            Array.Sort(sorted);
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>Adds a point.</summary>
    public void Add(double error) => _errors.Add(error);

    /// <summary>Share of the points with at most this error.</summary>
    public double Within(double limit) => _errors.Count(e => e <= limit) / (double)_errors.Count;
}
