namespace CnnVis;

/// <summary>One filter's weights and what they look like.</summary>
public sealed record CnnFilter
{
    /// <summary>The filter's number.</summary>
    public required int Channel { get; init; }

    /// <summary>Input planes that it looks at.</summary>
    public required int Planes { get; init; }

    /// <summary>Rows of its window.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of its window.</summary>
    public required int Width { get; init; }

    /// <summary>The weights: [planes, height, width].</summary>
    public required float[] Weights { get; init; }

    /// <summary>Euclidean norm of the weights.</summary>
    public required double Norm { get; init; }

    /// <summary>Total variation over energy: Σ (Δx² + Δy²) / Σ w²; small for smooth filters, about 4 for white noise. NaN for windows of one value.</summary>
    public required double Smoothness { get; init; }

    /// <summary>Share of the spectral energy above half the Nyquist frequency, in [0, 1]; NaN for windows too small to have one.</summary>
    public required double HighFrequencyShare { get; init; }

    /// <summary>The filter of the same layer most like it; -1 where there is no other.</summary>
    public required int NearestChannel { get; init; }

    /// <summary>|cosine| between it and <see cref="NearestChannel"/>, in [0, 1].</summary>
    public required double NearestSimilarity { get; init; }
}
