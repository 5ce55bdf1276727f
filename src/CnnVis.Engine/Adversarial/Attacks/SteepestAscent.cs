using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>Attacks that go up the loss step by step, each along the steepest direction by the norm, and back into the ball and [0, 1].</summary>
public abstract class SteepestAscent : IAttack
{
    private protected SteepestAscent(AttackOptions options) => Options = options;

    /// <inheritdoc/>
    public IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.LInf, AttackNorm.L2, AttackNorm.L1];

    /// <inheritdoc/>
    public virtual bool StartsAtPicture => true;

    /// <inheritdoc/>
    public virtual bool Nests => true;

    private protected AttackOptions Options { get; }

    /// <summary>Steps.</summary>
    protected abstract int Steps { get; }

    /// <summary>How often it begins anew.</summary>
    protected virtual int Restarts => 1;

    /// <summary>Length of a step.</summary>
    protected abstract double StepSize(double epsilon);

    /// <inheritdoc/>
    public void Run(AttackBatch batch)
    {
        for (int restart = 0; restart < Restarts && batch.Standing() is { Count: > 0 } rows; restart++) Climb(batch, rows, restart);
    }

    /// <summary>Where it begins; null for the picture as it is.</summary>
    private protected virtual Tensor? Start(AttackBatch batch, AttackRows rows, int restart) => null;

    /// <summary>What a step goes along.</summary>
    /// <param name="gradient">The gradient, [n, C, H, W].</param>
    /// <param name="memory">What it gave before; null at the first step.</param>
    private protected virtual Tensor Direction(Tensor gradient, Tensor? memory) => gradient;

    private void Climb(AttackBatch batch, AttackRows rows, int restart)
    {
        using var scope = NewDisposeScope();
        Tensor? start = Start(batch, rows, restart);
        Tensor x = start ?? rows.Originals.clone();
        Tensor? memory = null;
        for (int step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            Tensor? gradient;
            bool[] done = new bool[rows.Count];
            if (step == 0 && start is null) gradient = rows.ClimbFromOriginals();
            else (gradient, done) = rows.Climb(x);
            if (gradient is null) return;
            AttackRows staying = rows.Staying(done);
            Tensor direction = Direction(Rows.Without(gradient, done), memory is null ? null : Rows.Without(memory, done));
            Tensor at = Rows.Without(x, done), originals = staying.Originals, low = staying.Low, high = staying.High;
            Tensor next = at + Ball.Steepest(direction, batch.Norm, StepSize(batch.Epsilon), at, low, high);
            Rows.Replace(ref x, Ball.Project(next, originals, batch.Norm, batch.Epsilon, low, high));
            memory?.Dispose();
            memory = direction.clone().MoveToOuterDisposeScope();
            rows = staying;
        }
        rows.Offer(x, rows.Logits(x), last: true);
    }
}
