namespace CnnVis;

/// <summary>How a task about keypoints was done.</summary>
public enum KeypointMethod
{
    /// <summary>By the network's features.</summary>
    Network,

    /// <summary>By the features of the same network with random weights.</summary>
    RandomWeights,

    /// <summary>Of Transfer: at the same place of the box as in the most similar objects.</summary>
    NoAlignment,

    /// <summary>Of Classification: by the network's features, learned from names that were shuffled.</summary>
    ShuffledLabels,

    /// <summary>Of Prediction: by the network's features, times where the keypoint is in the most similar objects.</summary>
    WithPrior,

    /// <summary>Of Prediction: only by where the keypoint is in the most similar objects.</summary>
    PriorOnly,
}
