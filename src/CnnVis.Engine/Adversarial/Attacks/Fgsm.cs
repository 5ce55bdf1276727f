namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// One step of the whole size along the loss's gradient (Goodfellow, Shlens and Szegedy 2014, section 4): x + ε · sign(∇ₓ J), and its kin by the other norms:
/// ε · ∇/‖∇‖₂ (L2), or ε on the values with the largest gradient (L1). Towards a target it goes down the loss of that class (Kurakin et al. 2016).
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1412.6572"/>
/// <code>
/// x′ = x + ε sign ∇ₓ J(x, y)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new Fgsm(AttackOptions.Default)], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class Fgsm : SteepestAscent
{
    /// <param name="options">The norm counts.</param>
    public Fgsm(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    public override bool Nests => false;

    /// <inheritdoc/>
    protected override int Steps => 1;

    /// <inheritdoc/>
    protected override double StepSize(double epsilon) => epsilon;
}
