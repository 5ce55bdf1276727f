namespace CnnVis;

/// <summary>Rules of layer-wise relevance propagation.</summary>
public enum RelevanceRuleKind
{
    /// <summary>ε everywhere (Bach et al. 2015, equation 58).</summary>
    Epsilon,

    /// <summary>α = 2, β = 1 everywhere (Bach et al. 2015, equation 60).</summary>
    AlphaBeta,

    /// <summary><see cref="Epsilon"/> in fully connected layers, <see cref="ZPlus"/> in convolutions, <see cref="Flat"/> in the first (Kohlbrenner et al. 2020; Lapuschkin et al. 2019).</summary>
    Composite,

    /// <summary>α = 1, β = 0 everywhere: what is positive only (Montavon et al. 2017, the z⁺ rule).</summary>
    ZPlus,

    /// <summary>Equal shares everywhere, whatever the weights (Lapuschkin et al. 2019).</summary>
    Flat,
}
