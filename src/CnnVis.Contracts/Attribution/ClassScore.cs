namespace CnnVis;

/// <summary>Which of the network's numbers stands for a class.</summary>
public enum ClassScore
{
    /// <summary>After the Softmax, in [0, 1].</summary>
    Probability,

    /// <summary>Before the Softmax, any number.</summary>
    Logit,
}
