namespace CnnVis;

/// <summary>How several numbers become one.</summary>
public enum TargetReduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
