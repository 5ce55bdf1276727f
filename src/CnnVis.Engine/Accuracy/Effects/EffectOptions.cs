namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>How accuracy by attribute is looked at.</summary>
public sealed record EffectOptions
{
    /// <summary>What counts once.</summary>
    public AccuracyUnit Unit { get; init; }

    /// <summary>Bins of equally many for numbers, at least 2.</summary>
    public int BinCount { get; init; } = 5;

    /// <summary>Edges of bins that were given, ascending, by attribute: values below the first, from each to below the next, and from the last on.</summary>
    public IReadOnlyDictionary<string, double[]> Edges { get; init; } = new Dictionary<string, double[]>();

    /// <summary>What of dates makes a bin.</summary>
    public DatePart DatePart { get; init; }

    /// <summary>The attribute that bins are matched by; null for none.</summary>
    public string? MatchBy { get; init; }

    /// <summary>How far a bin's mean of that may stay from the lowest; null for 0.001 of a share, else a thousandth of its range.</summary>
    public double? Tolerance { get; init; }

    /// <summary>The attribute whose values say which pictures belong together; null for the classes.</summary>
    public string? Group { get; init; }

    /// <summary>How p-values reckon with each other.</summary>
    public MultipleTesting Correction { get; init; }

    /// <summary>Slices that are looked for.</summary>
    public int Slices { get; init; }

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; }
}
