namespace CnnVis.Engine.Embedding;

/// <summary>
/// Brings points about a mean and to a size of about one, so that neither squares nor sums of float32 leave their range, whatever the scale of the points was, and little is lost to rounding. The factor
/// is a power of two: numbers of an ordinary size keep their bits.
/// </summary>
internal sealed class Centring
{
    private const int StripWidth = 256;

    private readonly float[] _origin;
    private readonly double[] _mean;
    private readonly CancellationToken _cancellation;

    /// <param name="about">[n, d], n at least 1; finite. Their mean becomes zero.</param>
    /// <param name="cancellation">Ends the work on any of them with an exception.</param>
    /// <param name="others">Further points that it will be applied to.</param>
    public Centring(PointMatrix about, CancellationToken cancellation, params PointMatrix[] others)
    {
        _cancellation = cancellation;
        // Counted from the first point, so that a column of one number becomes exactly zero.
        _origin = about.Row(0).ToArray();
        _mean = new double[about.Dimension];
        ForStrips(about.Dimension, (from, to) =>
        {
            for (int i = 0; i < about.Count; i++)
            {
                ReadOnlySpan<float> row = about.Row(i);
                for (int c = from; c < to; c++) _mean[c] += (double)row[c] - _origin[c];
            }
            for (int c = from; c < to; c++) _mean[c] /= about.Count;
        });
        double largest = others.Aggregate(Largest(about), (sofar, points) => Math.Max(sofar, Largest(points)));
        Scale = largest > 0 ? Math.ScaleB(1, -1 - Math.ILogB(largest)) : 1;
    }

    /// <summary>The power of two that centred numbers are multiplied by.</summary>
    public double Scale { get; }

    /// <summary>Points about the mean, each number below 1 in size.</summary>
    public PointMatrix Apply(PointMatrix points)
    {
        float[] centred = new float[points.Values.LongLength];
        ForStrips(points.Dimension, (from, to) =>
        {
            for (int i = 0; i < points.Count; i++)
            {
                ReadOnlySpan<float> row = points.Row(i);
                for (int c = from; c < to; c++) centred[i * points.Dimension + c] = (float)(Deviation(row[c], c) * Scale);
            }
        });
        return new PointMatrix(centred, points.Count, points.Dimension);
    }

    private double Largest(PointMatrix points)
    {
        double[] largest = new double[(points.Dimension + StripWidth - 1) / StripWidth];
        ForStrips(points.Dimension, (from, to) =>
        {
            double most = 0;
            for (int i = 0; i < points.Count; i++)
            {
                ReadOnlySpan<float> row = points.Row(i);
                for (int c = from; c < to; c++) most = Math.Max(most, Math.Abs(Deviation(row[c], c)));
            }
            largest[from / StripWidth] = most;
        });
        return largest.Length == 0 ? 0 : largest.Max();
    }

    private double Deviation(float value, int column) => (double)value - _origin[column] - _mean[column];

    private void ForStrips(int dimension, Action<int, int> work) =>
        Parallel.For(0, (dimension + StripWidth - 1) / StripWidth, new ParallelOptions { CancellationToken = _cancellation }, strip => work(strip * StripWidth, Math.Min(dimension, (strip + 1) * StripWidth)));
}
