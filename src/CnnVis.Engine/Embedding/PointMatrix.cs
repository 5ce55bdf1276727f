namespace CnnVis.Engine.Embedding;

/// <summary>Points as rows: <see cref="Count"/> × <see cref="Dimension"/> float32, row by row.</summary>
public sealed class PointMatrix
{
    /// <param name="values">Count × dimension numbers; taken over, not copied.</param>
    /// <param name="count">Points.</param>
    /// <param name="dimension">Numbers of each.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public PointMatrix(float[] values, int count, int dimension)
    {
        if (values.LongLength != (long)count * dimension) throw new ArgumentException($"{values.Length} numbers are not {count} points of {dimension}.", nameof(values));
        (Values, Count, Dimension) = (values, count, dimension);
    }

    /// <summary>All numbers.</summary>
    public float[] Values { get; }

    /// <summary>Points.</summary>
    public int Count { get; }

    /// <summary>Numbers of each point.</summary>
    public int Dimension { get; }

    /// <summary>One point.</summary>
    public Span<float> Row(int index) => Values.AsSpan(index * Dimension, Dimension);
}
