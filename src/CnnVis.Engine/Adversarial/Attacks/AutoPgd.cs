using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// Auto-PGD (Croce and Hein 2020, algorithm 1): projected gradient ascent with momentum 0.75 whose steps begin at 2 ε and are halved, picture by picture, where the loss
/// has not risen often enough between checkpoints; it goes on from the best point then. Nothing has to be set. 100 steps from a random point unless told otherwise.
/// </summary>
public abstract class AutoPgd : IAttack
{
    private const double Inertia = 0.75, Rho = 0.75;

    private readonly AttackOptions _options;

    private protected AutoPgd(AttackOptions options) => _options = options;

    /// <inheritdoc/>
    public IReadOnlyList<AttackNorm> Norms { get; } = [AttackNorm.LInf, AttackNorm.L2];

    /// <inheritdoc/>
    public bool Nests => true;

    /// <inheritdoc/>
    public void Run(AttackBatch batch)
    {
        for (int restart = 0; restart < (_options.Restarts ?? 1) && batch.Standing() is { Count: > 0 } rows; restart++) Climb(batch, rows, restart);
    }

    /// <summary>The loss that rises, [n], and its derivative with respect to the logits, [n, classes].</summary>
    private protected abstract (Tensor Loss, Tensor Slope) Loss(AttackRows rows, Tensor logits);

    private void Climb(AttackBatch batch, AttackRows rows, int restart)
    {
        using var scope = NewDisposeScope();
        int steps = _options.Steps ?? 100;
        HashSet<int> checkpoints = Checkpoints(steps);
        Tensor x = Ball.Random(rows, restart, batch.Norm, batch.Epsilon), before = x.clone(), best = x.clone(), bestGradient = zeros_like(x);
        var progress = AutoPgdProgress.Start(rows.Count, 2 * batch.Epsilon);
        for (int step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            Tensor at = x;
            bool[] done = [];
            Tensor? loss = null;
            var (_, gradients) = rows.Differentiate(at, logits =>
            {
                done = rows.Offer(at, logits);
                if (done.All(d => d)) return [];
                (Tensor value, Tensor slope) = Loss(rows, logits);
                loss = value.MoveToOuterDisposeScope();
                return [slope];
            });
            if (gradients.Length == 0) return;
            progress = progress.Without(done);
            Tensor Stay(Tensor all) => Rows.Without(all, done);
            bool[] rose = progress.Take(Stay(loss!).ToFloats());
            Tensor rising = Rows.Wide(tensor(rose, device: at.device));
            Rows.Replace(ref best, where(rising, Stay(at), Stay(best)));
            Rows.Replace(ref bestGradient, where(rising, Stay(gradients[0]), Stay(bestGradient)));
            Tensor current = Stay(at), gradient = Stay(gradients[0]), last = Stay(before);
            rows = rows.Staying(done);
            if (checkpoints.Contains(step))
            {
                Tensor back = Rows.Wide(tensor(progress.Check(Rho), device: at.device));
                (current, gradient) = (where(back, best, current), where(back, bestGradient, gradient));
            }
            Tensor originals = rows.Originals, low = rows.Low, high = rows.High, lengths = Rows.Wide(tensor(progress.Lengths, device: at.device));
            Tensor ahead = Ball.Project(current + Ball.Steepest(gradient, batch.Norm, 1, current, low, high) * lengths, originals, batch.Norm, batch.Epsilon, low, high);
            double weight = step == 0 ? 1 : Inertia;
            Tensor next = current + weight * (ahead - current) + (1 - weight) * (current - last);
            Rows.Replace(ref x, Ball.Project(next, originals, batch.Norm, batch.Epsilon, low, high));
            Rows.Replace(ref before, current.clone());
        }
        rows.Offer(x, rows.Logits(x), last: true);
    }

    /// <summary>After which steps it is looked back: at 22 % of them, and then at intervals that shrink by 3 % to 6 %.</summary>
    private static HashSet<int> Checkpoints(int steps)
    {
        var found = new HashSet<int>();
        for (double at = 0.22, interval = 0.22; at <= 1; at += interval)
        {
            found.Add((int)Math.Ceiling(at * steps));
            interval = Math.Max(interval - 0.03, 0.06);
        }
        return found;
    }
}
