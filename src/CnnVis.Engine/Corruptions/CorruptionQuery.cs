namespace CnnVis.Engine.Corruptions;

/// <summary>What is measured under corruption.</summary>
public sealed record CorruptionQuery
{
    /// <summary>The corruptions.</summary>
    public required IReadOnlyList<ICorruption> Corruptions { get; init; }

    /// <summary>Severities, from 1 to 5.</summary>
    public IReadOnlyList<int> Severities { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>Write and read pictures as JPEG of that quality; null for not.</summary>
    public int? JpegQuality { get; init; }

    /// <summary>Of everything random.</summary>
    public int Seed { get; init; }
}
