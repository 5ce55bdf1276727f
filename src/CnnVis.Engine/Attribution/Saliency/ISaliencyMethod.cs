namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>
/// A way to say which parts of pictures numbers of a network depend on. A new method is one class with a constructor that takes
/// <see cref="SaliencyOptions"/>; <see cref="SaliencyMethods"/> finds it by its name. It holds no network: the same object serves others, with
/// other parameters too.
/// </summary>
public interface ISaliencyMethod
{
    /// <summary>As <c>-Method</c> takes it.</summary>
    string Name => GetType().Name;

    /// <summary>Whether the map shows what was seen, so that its colours mean something.</summary>
    bool IsPicture => false;

    /// <summary>Which number stands for a class.</summary>
    /// <param name="asked">What was asked for; null for the method's own.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: the method has no such map.</exception>
    ClassScore Score(ClassScore? asked) => asked ?? ClassScore.Logit;

    /// <summary>The maps of a batch. Its tensors go to the caller's dispose scope, one of which has to be open; no inference mode may be.</summary>
    /// <param name="request">Network, pictures and targets.</param>
    /// <returns>One for each target, in their order.</returns>
    IReadOnlyList<SaliencyResult> Attribute(SaliencyRequest request);
}
