namespace CnnVis;

/// <summary>How the colours of a saliency map become one number a pixel.</summary>
public enum SaliencyReduction
{
    /// <summary>The largest magnitude, max |·| (Simonyan et al. 2013, section 3.1). Without sign.</summary>
    Maximum,

    /// <summary>The sum, signed.</summary>
    Sum,

    /// <summary>The mean, signed.</summary>
    Mean,

    /// <summary>The Euclidean norm. Without sign.</summary>
    Norm,
}
