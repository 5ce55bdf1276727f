namespace CnnVis;

/// <summary>How a list of classes is ordered.</summary>
public enum ClassListOrder
{
    /// <summary>Similar classes beside each other: by a hierarchy, or clustered by codes.</summary>
    Hierarchy,

    /// <summary>By name.</summary>
    Alphabetical,
}
