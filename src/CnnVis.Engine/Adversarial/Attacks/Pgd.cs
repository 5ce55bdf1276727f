using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>Projected gradient descent (Madry et al. 2017): as <see cref="Bim"/>, from a random point of the ball, several times if asked for. 40 steps of ε/16 unless told otherwise.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1706.06083"/>
/// <code>
/// x₀ = x + u, u uniform in the ball;   xₜ₊₁ = Π(xₜ + α sign ∇ₓ J(xₜ, y))
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Pgd(AttackOptions.Default)], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Pgd : SteepestAscent
{
    /// <param name="options">Steps, step size, restarts, norm and seed count.</param>
    public Pgd(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override bool StartsAtPicture => false;

    /// <inheritdoc/>
    protected override int Steps => Options.Steps ?? 40;

    /// <inheritdoc/>
    protected override int Restarts => Options.Restarts ?? 1;

    /// <inheritdoc/>
    protected override double StepSize(double epsilon) => Options.StepSize ?? 2.5 * epsilon / Steps;

    private protected override Tensor? Start(AttackBatch batch, AttackRows rows, int restart) => Ball.Random(rows, restart, batch.Norm, batch.Epsilon);
}
