namespace CnnVis.Engine.Correspondence;

/// <summary>The features of one picture: a vector for each unit of a layer, row by row.</summary>
public sealed class FeatureGrid
{
    private readonly bool[] _isEmpty;

    /// <param name="grid">Where the units look.</param>
    /// <param name="values">[rows, columns, features].</param>
    /// <param name="metric">How they are compared. For the cosine they are brought to unit length.</param>
    public FeatureGrid(UnitGrid grid, float[] values, CorrespondenceMetric metric)
    {
        (Grid, Values, Metric, Dimension) = (grid, values, metric, values.Length / grid.Count);
        _isEmpty = new bool[grid.Count];
        for (int unit = 0; unit < grid.Count; unit++)
        {
            Span<float> vector = values.AsSpan(unit * Dimension, Dimension);
            double length = 0;
            foreach (float value in vector) length += (double)value * value;
            length = Math.Sqrt(length);
            _isEmpty[unit] = length == 0;
            if (metric != CorrespondenceMetric.Cosine || length == 0) continue;
            for (int i = 0; i < vector.Length; i++) vector[i] = (float)(vector[i] / length);
        }
    }

    /// <summary>Where the units look.</summary>
    public UnitGrid Grid { get; }

    /// <summary>The features, of unit length for the cosine: [rows, columns, features].</summary>
    public float[] Values { get; }

    /// <summary>How they are compared.</summary>
    public CorrespondenceMetric Metric { get; }

    /// <summary>Features of a unit.</summary>
    public int Dimension { get; }

    /// <summary>The features of a unit.</summary>
    public ReadOnlySpan<float> this[int unit] => Values.AsSpan(unit * Dimension, Dimension);

    /// <summary>Whether all of a unit's features are zero, so that it has no direction.</summary>
    public bool IsEmpty(int unit) => _isEmpty[unit];

    /// <summary>The squared Euclidean distance of two units' features, by differences and in double.</summary>
    public static double SquaredDistance(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double difference = (double)first[i] - second[i];
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>A squared distance in the metric's own terms: 1 − cos of unit vectors is half of it.</summary>
    public double InMetric(double squared) => Metric == CorrespondenceMetric.Cosine ? squared / 2 : Math.Sqrt(squared);
}
