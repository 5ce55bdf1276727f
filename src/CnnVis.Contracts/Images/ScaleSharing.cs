namespace CnnVis;

/// <summary>What one unit of brightness stands for in a sheet of maps.</summary>
public enum ScaleSharing
{
    /// <summary>One scale for the whole sheet: brightness compares between cells.</summary>
    Shared,

    /// <summary>Each cell has its own scale: every cell uses its whole range.</summary>
    PerCell,
}
