namespace CnnVis;

/// <summary>How the size of a perturbation is measured, over the values of pixels in [0, 1].</summary>
public enum AttackNorm
{
    /// <summary>The largest change of a value.</summary>
    LInf,

    /// <summary>Euclid's length: the root of the sum of squares.</summary>
    L2,

    /// <summary>The sum of magnitudes.</summary>
    L1,

    /// <summary>How many values change.</summary>
    L0,
}
