namespace CnnVis;

/// <summary>How noisy a layer's filters are.</summary>
public enum FilterNoise
{
    /// <summary>As trained filters are.</summary>
    Smooth,

    /// <summary>Between trained and random.</summary>
    PartlyNoisy,

    /// <summary>Not to be told from random weights.</summary>
    Noisy,

    /// <summary>The windows are too small to tell.</summary>
    Undecided,
}
