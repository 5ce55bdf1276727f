namespace CnnVis;

/// <summary>
/// How well a layer's features find where known movements brought the content of pictures. The unit is the picture: shares are means over pictures, with 95 % intervals of the bootstrap over pictures; the median error is that
/// of the pictures' own medians, with the interval of order statistics. Intervals are NaN where there are too few pictures.
/// </summary>
public sealed record CorrespondenceMeasure : ICnnResult
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The layer's alias.</summary>
    public required string Layer { get; init; }

    /// <summary>What was compared.</summary>
    public required CorrespondenceFeatures Features { get; init; }

    /// <summary>The movement; <c>all</c> where several are counted together.</summary>
    public required string Warp { get; init; }

    /// <summary>Where the layer's units look.</summary>
    public required UnitGrid Grid { get; init; }

    /// <summary>Side of their receptive fields, in input pixels.</summary>
    public required int FieldSize { get; init; }

    /// <summary>Pictures.</summary>
    public required int Count { get; init; }

    /// <summary>Units of all pictures and movements that were asked, those whose content stays where units look.</summary>
    public required long Points { get; init; }

    /// <summary>Median distance between where the content is said to be and where it is, in input pixels.</summary>
    public required double MedianError { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double MedianErrorLower { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public required double MedianErrorUpper { get; init; }

    /// <summary>PCK: share of the points whose error is at most a tenth of the picture's longer side.</summary>
    public required double Pck10 { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double Pck10Lower { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public required double Pck10Upper { get; init; }

    /// <summary>PCK at 0.05.</summary>
    public required double Pck05 { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double Pck05Lower { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public required double Pck05Upper { get; init; }

    /// <summary>PCK at 0.025.</summary>
    public required double Pck025 { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double Pck025Lower { get; init; }

    /// <summary>Upper end of its interval.</summary>
    public required double Pck025Upper { get; init; }

    Origin? ICnnResult.Origin => Origin;

    CnnQuestion? ICnnResult.Question => CnnQuestion.OfLayer(Layer);

    internal Origin? Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Layer} by {Features}, {Warp}: {100 * Pck10:F1} % within a tenth, median {MedianError:0.##}");
}
