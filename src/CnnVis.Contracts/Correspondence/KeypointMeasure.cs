namespace CnnVis;

/// <summary>How well keypoints were found or told apart. The unit of intervals, which are 95 % intervals of the bootstrap, is the object.</summary>
public sealed record KeypointMeasure : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>What was asked.</summary>
    public required KeypointTask Task { get; init; }

    /// <summary>The objects' class; <c>mean</c> for the mean over classes.</summary>
    public required string Class { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>How it was done.</summary>
    public required KeypointMethod Method { get; init; }

    /// <summary>Objects asked about.</summary>
    public required int Count { get; init; }

    /// <summary>Keypoints asked about, the visible ones of these objects.</summary>
    public required int Points { get; init; }

    /// <summary>Kinds of keypoints.</summary>
    public required int Kinds { get; init; }

    /// <summary>Of Classification the share of keypoints that were named rightly; else PCK, the share that was found within a tenth of the box's longer side. By kind of keypoint, and then the mean over kinds.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double AccuracyLower { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public required double AccuracyUpper { get; init; }

    /// <summary>PCK at 0.05; NaN for Classification.</summary>
    public required double Pck05 { get; init; }

    /// <summary>PCK at 0.025; NaN for Classification.</summary>
    public required double Pck025 { get; init; }

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer);

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Class}, {Layer} by {Method}: {100 * Accuracy:F1} %");
}
