namespace CnnVis;

/// <summary>One filter's weights and what they look like.</summary>
public sealed partial record CnnFilter : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>The filter's number.</summary>
    public required int Channel { get; init; }

    /// <summary>Input planes that it looks at.</summary>
    public required int Planes { get; init; }

    /// <summary>Rows of its window.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of its window.</summary>
    public required int Width { get; init; }

    /// <summary>Whether its three planes are a photo's red, green and blue.</summary>
    public required bool IsRgb { get; init; }

    /// <summary>The weights: [planes, height, width].</summary>
    public required CnnValues Weights { get; init; }

    /// <summary>Euclidean norm of the weights.</summary>
    public required double Norm { get; init; }

    /// <summary>
    /// Total variation over energy, per pair of neighbours: (mean Δx² + mean Δy²) / mean w². 0 for constant filters, small for smooth ones,
    /// 4 on average for white noise, whatever the window's size; a chequerboard has 8. NaN for windows of one value and for filters of zeros.
    /// </summary>
    public required double Smoothness { get; init; }

    /// <summary>
    /// Share of the spectral energy at spatial frequencies above a quarter cycle per weight, half the Nyquist frequency, in [0, 1]; the
    /// frequency is √(fx² + fy²) of the planes' discrete Fourier transform. NaN for windows of fewer than 3 × 3 and for filters of zeros.
    /// </summary>
    public required double HighFrequencyShare { get; init; }

    /// <summary>The filter of the same layer most like it, equal ones by lowest number; -1 where there is no other.</summary>
    public required int NearestChannel { get; init; }

    /// <summary>|cosine| between it and <see cref="NearestChannel"/>, in [0, 1]: 1 for a copy, scaled or negated. NaN where there is no other.</summary>
    public required double NearestSimilarity { get; init; }

    /// <summary>Which filter it is, as in <c>conv1 17</c>.</summary>
    public override string ToString() => $"{Layer} {Channel}";

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer, Channel);

    internal Origin? Origin { get; init; }
}
