namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// One step of the whole size along the loss's gradient (Goodfellow, Shlens and Szegedy 2014, section 4): x + ε · sign(∇ₓ J), and its kin by the other norms:
/// ε · ∇/‖∇‖₂ (L2), or ε on the values with the largest gradient (L1). Towards a target it goes down the loss of that class (Kurakin et al. 2016).
/// </summary>
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
