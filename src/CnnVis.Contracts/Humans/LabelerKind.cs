namespace CnnVis;

/// <summary>What a labeler is.</summary>
public enum LabelerKind
{
    /// <summary>A person.</summary>
    Person,

    /// <summary>A network.</summary>
    Network,

    /// <summary>All people together, right where any of them is: the "optimistic human" of Russakovsky et al. 2014, section 6.4.</summary>
    Union,

    /// <summary>All people together, answering what more of them answer first than anything else.</summary>
    Majority,
}
