using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>The momentum iterative method (Dong et al. 2018): gₜ₊₁ = μ gₜ + ∇J / ‖∇J‖₁, and steps of FGSM along g. 10 steps of ε/10 and μ = 1 unless told otherwise.</summary>
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
