namespace CnnVis;

/// <summary>Rules of layer-wise relevance propagation.</summary>
public enum RelevanceRuleKind
{
    /// <summary>ε everywhere (Bach et al. 2015, equation 58).</summary>
    Epsilon,

    /// <summary>α = 2, β = 1 everywhere (Bach et al. 2015, equation 60).</summary>
    AlphaBeta,

    /// <summary>ε in fully connected layers, α = 1, β = 0 in convolutions, flat in the first (Kohlbrenner et al. 2020; Lapuschkin et al. 2019).</summary>
    Composite,
}
