namespace CnnVis;

/// <summary>How p-values reckon with all the tests that were made.</summary>
public enum MultipleTesting
{
    /// <summary>Holm (1979): the chance of even one false finding stays below the level.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg (1995): of the findings, the expected share of false ones stays below the level.</summary>
    BenjaminiHochberg,

    /// <summary>They do not.</summary>
    None,
}
