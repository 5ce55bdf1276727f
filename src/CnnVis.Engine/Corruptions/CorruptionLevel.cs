namespace CnnVis.Engine.Corruptions;

/// <summary>How strong a corruption is: the severity, and the size of the pictures, for each of which the authors chose parameters. Larger pictures than theirs take lengths in proportion.</summary>
internal sealed class CorruptionLevel
{
    private readonly int _column;

    /// <param name="severity">From 1 to 5.</param>
    /// <param name="side">Pixels of the shorter side.</param>
    public CorruptionLevel(int severity, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(severity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(severity, 5);
        Severity = severity;
        (_column, Size) = side <= 40 ? (2, 32) : side <= 112 ? (1, 64) : (0, 224);
        Length = side > 224 ? side / 224.0 : 1;
    }

    /// <summary>From 1 to 5.</summary>
    public int Severity { get; }

    /// <summary>The authors' size: 224, 64 or 32.</summary>
    public int Size { get; }

    /// <summary>What lengths are multiplied by: 1 up to 224 pixels.</summary>
    public double Length { get; }

    /// <summary>The parameter: five for each of the sizes 224, 64 and 32.</summary>
    public T Of<T>(params ReadOnlySpan<T> fifteen) => fifteen[5 * _column + Severity - 1];
}
