using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>Projected gradient descent (Madry et al. 2017): as <see cref="Bim"/>, from a random point of the ball, several times if asked for. 40 steps of ε/16 unless told otherwise.</summary>
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
