namespace CnnVis.Engine.Targets.Answers;

/// <summary>How a value says probabilities.</summary>
internal enum TailKind
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>They add up to 1.</summary>
    Softmax,

    /// <summary>Logarithms of such.</summary>
    LogSoftmax,

    /// <summary>Each for itself.</summary>
    Sigmoid,

    /// <summary>Those of several heads side by side: Softmaxes of which each adds up to 1, or such and Sigmoids.</summary>
    Heads,
}

/// <summary>What the end of a network is.</summary>
/// <param name="Kind">How it says probabilities.</param>
/// <param name="Logits">Name of the value that they are made of; null where that is none alone, as for a mean of several.</param>
/// <param name="Axis">The axis along which they add up, in the end's value; −1 where that is not known.</param>
/// <param name="IsPlain">Whether the value is the operator's own: not cut, rounded or averaged after it.</param>
internal sealed record Tail(TailKind Kind, string? Logits = null, int Axis = -1, bool IsPlain = true)
{
    /// <summary>What the probabilities are multiplied by, as by 100 for percent.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What <see cref="Logits"/> are multiplied by before they are log-odds: 2 of ½ + ½ tanh(z).</summary>
    public double LogitFactor { get; init; } = 1;

    /// <summary>Whether classes were picked, dropped or put together behind the operator: what it is given is the logits only once the same is done to it (<see cref="TailReader.Logits"/>).</summary>
    public bool IsRouted { get; init; }

    /// <summary>No probabilities.</summary>
    public static Tail None { get; } = new(TailKind.None);
}
