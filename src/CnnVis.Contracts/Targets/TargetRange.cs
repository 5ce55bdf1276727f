namespace CnnVis;

/// <summary>Which places of an axis are meant; negative numbers count from its end.</summary>
/// <param name="Start">The first; null for the beginning.</param>
/// <param name="End">The first that is not meant any more; null for the end of the axis.</param>
/// <param name="IsPlace">Whether it is the one place at <paramref name="Start"/>.</param>
public readonly record struct TargetRange(int? Start, int? End, bool IsPlace = false)
{
    /// <summary>All places.</summary>
    public static TargetRange All => new(null, null);

    /// <summary>One place.</summary>
    public static TargetRange At(int place) => new(place, null, true);

    /// <summary>As targets are written: <c>3</c>, <c>:</c>, <c>2:5</c>.</summary>
    public override string ToString() => IsPlace ? $"{Start}" : $"{Start}:{End}";
}
