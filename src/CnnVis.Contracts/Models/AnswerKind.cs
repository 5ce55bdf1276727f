namespace CnnVis;

/// <summary>What a network answers a picture with.</summary>
public enum AnswerKind
{
    /// <summary>One class of several: logits that a Softmax makes probabilities of.</summary>
    Classes,

    /// <summary>Labels that may hold together: each has a Sigmoid and a threshold, 0.5, of its own.</summary>
    Labels,

    /// <summary>Yes or no by one logit: two classes, of which the second is the first's complement.</summary>
    Binary,

    /// <summary>Numbers that are no scores of classes, such as an age or a pose.</summary>
    Numbers,

    /// <summary>A code, the features of a network without a classifier.</summary>
    Codes,

    /// <summary>A class for each place of the picture: a segmentation.</summary>
    Maps,

    /// <summary>Whatever else, such as a detector's boxes and scores; <c>-Target</c> says which of its numbers is meant.</summary>
    Outputs,
}
