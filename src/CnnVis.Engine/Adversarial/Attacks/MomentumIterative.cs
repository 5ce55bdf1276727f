using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>The momentum iterative method (Dong et al. 2018): gₜ₊₁ = μ gₜ + ∇J / ‖∇J‖₁, and steps of FGSM along g. 10 steps of ε/10 and μ = 1 unless told otherwise.</summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1710.06081"/>
/// <code>
/// gₜ₊₁ = μ gₜ + ∇ₓ J / ‖∇ₓ J‖₁;   xₜ₊₁ = Π(xₜ + α sign gₜ₊₁)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var run = new AttackRun(network, new AttackQuery { Attacks = [new MomentumIterative(AttackOptions.Default)], Epsilons = [4 / 255.0] });
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (AdversarialExample example in run.Add(batch, null, error => throw error).SelectMany(e => e)) Console.WriteLine(example);
/// foreach (AdversarialExample example in run.Finish().SelectMany(e => e)) Console.WriteLine(example);
/// </code>
/// </example>
public sealed class MomentumIterative : SteepestAscent
{
    /// <param name="options">Steps, step size, decay and norm count.</param>
    public MomentumIterative(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    protected override int Steps => Options.Steps ?? 10;

    /// <inheritdoc/>
    protected override double StepSize(double epsilon) => Options.StepSize ?? epsilon / Steps;

    private protected override Tensor Direction(Tensor gradient, Tensor? memory)
    {
        Tensor unit = gradient / Rows.Wide(gradient.flatten(1).abs().sum(1).clamp_min(1e-30));
        return memory is null ? unit : memory * Options.Decay + unit;
    }
}
