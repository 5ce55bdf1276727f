using static TorchSharp.torch;

namespace CnnVis.Engine.Targets;

/// <summary>Verdicts about logits, and derivatives of losses with respect to them: [n, classes] each.</summary>
internal static class LogitSeeds
{
    /// <summary>
    /// A positive multiple, picture by picture, of the derivative of the cross-entropy with a class: the Softmax over the other classes, and −1 at the class.
    /// The derivative itself is this times the probability of the others, which rounds to nothing where the network is very sure.
    /// </summary>
    public static Tensor CrossEntropy(Tensor logits, Tensor classes)
    {
        Tensor at = classes.unsqueeze(1);
        using Tensor others = With(logits, at, float.NegativeInfinity), share = others.softmax(1);
        return With(share, at, -1);
    }

    /// <summary>The cross-entropy with a class, [n].</summary>
    public static Tensor CrossEntropyOf(Tensor logits, Tensor classes)
    {
        using var scope = NewDisposeScope();
        return logits.log_softmax(1).gather(1, classes.unsqueeze(1)).squeeze(1).neg().MoveToOuterDisposeScope();
    }

    /// <summary>The strongest other class, [n].</summary>
    public static Tensor Rival(Tensor logits, Tensor classes)
    {
        using Tensor others = With(logits, classes.unsqueeze(1), float.NegativeInfinity);
        return others.argmax(1);
    }

    /// <summary>By how much a class's logit leads the strongest other one, [n].</summary>
    public static Tensor Lead(Tensor logits, Tensor classes)
    {
        using var scope = NewDisposeScope();
        Tensor at = classes.unsqueeze(1);
        return (logits.gather(1, at).squeeze(1) - With(logits, at, float.NegativeInfinity).amax(1)).MoveToOuterDisposeScope();
    }

    /// <summary>1 at one class, −1 at another, 0 elsewhere: the derivative of the difference of their logits.</summary>
    public static Tensor Difference(Tensor logits, Tensor plus, Tensor minus)
    {
        using Tensor one = ones([logits.shape[0], 1], device: logits.device), zero = zeros_like(logits), up = zero.scatter_add(1, plus.unsqueeze(1), one);
        return up.scatter_add(1, minus.unsqueeze(1), -one);
    }

    /// <summary>The same numbers, one of each row replaced.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="at">Which, [n, 1].</param>
    /// <param name="value">By what.</param>
    internal static Tensor With(Tensor logits, Tensor at, float value)
    {
        using Tensor values = full(at.shape, value, logits.dtype, logits.device);
        return logits.scatter(1, at, values);
    }
}
