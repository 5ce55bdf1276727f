namespace CnnVis;

/// <summary>Whether a filter does anything.</summary>
public enum FilterVerdict
{
    /// <summary>Fires for a healthy share of the images.</summary>
    Alive,

    /// <summary>Has fired, but for hardly any image.</summary>
    Rare,

    /// <summary>Never fired in the images seen.</summary>
    Dead,

    /// <summary>Is practically never off, everywhere in every image, so that its ReLU does nothing.</summary>
    Saturated,
}
