namespace CnnVis;

/// <summary>How features are compared.</summary>
public enum CorrespondenceMetric
{
    /// <summary>1 − cos of the angle between them, in [0, 2]: how strongly units answer does not count.</summary>
    Cosine,

    /// <summary>The Euclidean distance.</summary>
    L2,
}
