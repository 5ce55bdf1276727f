namespace CnnVis;

/// <summary>Whose values a linear classifier was given.</summary>
public enum SeparabilityBase
{
    /// <summary>Those of the network's layer.</summary>
    Trained,

    /// <summary>Those of the same layer with random weights: what the architecture alone makes separable.</summary>
    Random,

    /// <summary>The picture's own.</summary>
    Pixels,
}
