namespace CnnVis;

/// <summary>What is asked about keypoints (Long, Zhang and Darrell 2014).</summary>
public enum KeypointTask
{
    /// <summary>Section 3: where the keypoints of the most similar objects come to lie when these are aligned with the object.</summary>
    Transfer,

    /// <summary>Section 4: which of a class's keypoints one is, by the features where it is.</summary>
    Classification,

    /// <summary>Section 5: where a keypoint is, by a linear detector.</summary>
    Prediction,
}
