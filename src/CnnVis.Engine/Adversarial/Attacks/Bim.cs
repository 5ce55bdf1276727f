namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>The basic iterative method (Kurakin, Goodfellow and Bengio 2016): small steps of FGSM from the picture, clipped to the ball. 10 steps of ε/4 unless told otherwise.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1607.02533"/>
/// <code>
/// xₜ₊₁ = clip(xₜ + α sign ∇ₓ J(xₜ, y)) within the ball of x
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Bim(AttackOptions.Default)], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Bim : SteepestAscent
{
    /// <param name="options">Steps, step size and norm count.</param>
    public Bim(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    protected override int Steps => Options.Steps ?? 10;

    /// <inheritdoc/>
    protected override double StepSize(double epsilon) => Options.StepSize ?? 2.5 * epsilon / Steps;
}
