using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Benchmarks;

/// <summary>
/// FGSM and PGD-40 with their verdicts on AlexNet at 224×224, batch 16, against plain TorchSharp autograd over the same calls: a forward pass before, forward and backward a step, a forward
/// pass after. Plain does so twice: with parameters that require gradients and backward(), and asking for the picture's gradient alone. Random weights, ε = 8/255; and once
/// with all steps, so that no picture leaves.
/// </summary>
internal static class AttackSpeed
{
    private const double Epsilon = 8.0 / 255;

    /// <param name="quick">FGSM alone.</param>
    public static void Run(bool quick)
    {
        using var scope = NewDisposeScope();
        Classics classic = Classics.AlexNet();
        Network network = Classics.AsNetwork(classic);
        Tensor pictures = rand([16, 3, 224, 224], generator: new Generator(2));
        foreach (var (name, steps, rounds, all) in new[] { ("Fgsm", 1, 7, false), ("Pgd", 40, 1, false), ("Pgd", 40, 1, true) })
        {
            if (quick && steps > 1) continue;
            foreach (bool everything in new[] { true, false })
            {
                if (all && everything) continue;
                classic.RequireGradients(everything);
                var (ours, plain, ratio) = Paired.Run(rounds, () => Attack(network, name, pictures, all), () => Plain(classic, pictures, steps, everything));
                Report.Line(new { benchmark = "attack-speed", attack = name, all_steps = all, plain = everything ? "backward()" : "grad(picture)", batch = 16, ours_per_s = 16 / ours, plain_per_s = 16 / plain, ratio = 1 / ratio, limit = 1.3 });
            }
        }
        classic.RequireGradients(false);
    }

    private static void Attack(Network network, string name, Tensor pictures, bool all)
    {
        using var scope = NewDisposeScope();
        var options = new AttackOptions { AllSteps = all };
        IAttack attack = AttackMethods.Create(name, options);
        using var attacked = new AttackedPictures(new Victim(network, 16), pictures, attack.StartsAtPicture);
        attack.Run(new AttackBatch(attacked, AttackNorm.LInf, Epsilon, PixelLimits.Default, new AttackJudgement(AllSteps: all)));
    }

    private static void Plain(Classics classic, Tensor pictures, int steps, bool everything)
    {
        using var scope = NewDisposeScope();
        Tensor labels;
        using (no_grad()) labels = classic.Bare(pictures).argmax(1);
        Tensor x = steps == 1 ? pictures : (pictures + (rand_like(pictures) * 2 - 1) * Epsilon).clamp(0, 1);
        double length = steps == 1 ? Epsilon : 2.5 * Epsilon / steps;
        for (int step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            Tensor leaf = x.detach().requires_grad_(true), loss = nn.functional.cross_entropy(classic.Bare(leaf), labels), gradient;
            if (everything)
            {
                loss.backward();
                gradient = leaf.grad!;
            }
            else gradient = autograd.grad([loss], [leaf])[0];
            using var none = no_grad();
            x = minimum(maximum(leaf.detach() + length * gradient.sign(), pictures - Epsilon), pictures + Epsilon).clamp(0, 1).MoveToOuterDisposeScope();
        }
        using (no_grad()) classic.Bare(x).argmax(1);
        classic.ForgetGradients();
    }
}
