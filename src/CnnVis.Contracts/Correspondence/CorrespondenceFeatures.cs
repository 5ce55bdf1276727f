namespace CnnVis;

/// <summary>What is compared to find correspondences.</summary>
public enum CorrespondenceFeatures
{
    /// <summary>The layer's features.</summary>
    Network,

    /// <summary>Those of the same network with random weights: what the architecture alone gives.</summary>
    RandomWeights,

    /// <summary>The pixels round the unit's centre.</summary>
    RawPixels,

    /// <summary>Random numbers: chance.</summary>
    RandomFeatures,

    /// <summary>Nothing: every unit is said to be where it was.</summary>
    Identity,
}
