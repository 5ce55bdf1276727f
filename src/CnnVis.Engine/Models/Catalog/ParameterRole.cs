namespace CnnVis.Engine.Models.Catalog;

/// <summary>What a parameter is for, which decides how it begins and whether it is trained.</summary>
public enum ParameterRole
{
    /// <summary>Weights of a convolution or matrix product.</summary>
    Weight,

    /// <summary>Added to a convolution or matrix product.</summary>
    Bias,

    /// <summary>Factor of a normalisation.</summary>
    NormWeight,

    /// <summary>Added by a normalisation.</summary>
    NormBias,

    /// <summary>Mean that a batch normalisation measured in training.</summary>
    RunningMean,

    /// <summary>Variance that a batch normalisation measured in training.</summary>
    RunningVariance,

    /// <summary>Factor of a residual branch (Touvron et al. 2021, LayerScale).</summary>
    LayerScale,

    /// <summary>Fixed by the architecture; in no weight file.</summary>
    Constant,
}
