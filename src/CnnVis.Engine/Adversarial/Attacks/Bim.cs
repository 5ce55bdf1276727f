namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>The basic iterative method (Kurakin, Goodfellow and Bengio 2016): small steps of FGSM from the picture, clipped to the ball. 10 steps of ε/4 unless told otherwise.</summary>
public sealed class Bim : SteepestAscent
{
    /// <param name="options">Steps, step size and norm count.</param>
    public Bim(AttackOptions options) : base(options) { }

    /// <inheritdoc/>
    protected override int Steps => Options.Steps ?? 10;

    /// <inheritdoc/>
    protected override double StepSize(double epsilon) => Options.StepSize ?? 2.5 * epsilon / Steps;
}
