namespace CnnVis;

/// <summary>What counts once in accuracy by attribute.</summary>
public enum AccuracyUnit
{
    /// <summary>Each picture.</summary>
    Image,

    /// <summary>Each class, with the means of its pictures, as in the paper.</summary>
    Class,
}
