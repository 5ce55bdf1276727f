namespace CnnVis;

/// <summary>A number for how alike the images of a set are.</summary>
public enum CoherenceMeasure
{
    /// <summary>Share of the most frequent label.</summary>
    LabelPurity,

    /// <summary>Mean cosine between the codes of two different images.</summary>
    CodeSimilarity,
}
