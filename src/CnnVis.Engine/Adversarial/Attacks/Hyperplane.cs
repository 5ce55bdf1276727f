using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>Steps within limits that make a linear function rise by a given amount.</summary>
internal static class Hyperplane
{
    private const int MostSteps = 40;

    /// <summary>
    /// The smallest step δ by the norm with w · δ = rise and x + δ within the limits; the largest that the limits let, where they do not let it rise so far. By L2 and L∞ it is
    /// the limited multiple of w, and of its signs; by L1 the values with the largest |w|, each as far as it can go.
    /// </summary>
    /// <param name="w">The gradient, [n, C, H, W].</param>
    /// <param name="rise">How much, of either sign: [n].</param>
    /// <param name="norm">L∞, L2 or L1.</param>
    /// <param name="x">Where, within the limits.</param>
    /// <param name="low">Least values.</param>
    /// <param name="high">Largest values.</param>
    public static Tensor Step(Tensor w, Tensor rise, AttackNorm norm, Tensor x, Tensor low, Tensor high)
    {
        using var scope = NewDisposeScope();
        Tensor toward = w * Rows.Wide(rise.sign()), wanted = rise.abs();
        Tensor scale = toward.flatten(1).abs().amax(1).clamp_min(1e-30);
        toward /= Rows.Wide(scale);
        wanted /= scale;
        Tensor down = low - x, up = high - x;
        return (norm == AttackNorm.L1 ? Greedy(toward, wanted, down, up) : Limited(norm == AttackNorm.L2 ? toward : toward.sign(), toward, wanted, down, up)).MoveToOuterDisposeScope();
    }

    /// <summary>A very large number where a step does not do what was asked of it, so that others are preferred: [n].</summary>
    public static Tensor Missing(Tensor w, Tensor rise, Tensor step)
    {
        using var scope = NewDisposeScope();
        Tensor done = (w * step).flatten(1).sum(1);
        return ((rise - done).abs() > rise.abs() * 0.01 + 1e-12).to(ScalarType.Float32).mul_(1e20).MoveToOuterDisposeScope();
    }

    private static Tensor Limited(Tensor direction, Tensor w, Tensor wanted, Tensor down, Tensor up)
    {
        // What is reached rises with the factor, ever more slowly, as one value after another comes to its limit; so Newton's method comes to the wanted rise from below, in a few steps.
        Tensor gains = w * direction, factor = zeros_like(wanted), clipped = zeros_like(w), missing = wanted.clone();
        for (int i = 0; i < MostSteps; i++)
        {
            using var inner = NewDisposeScope();
            Tensor free = where(direction > 0, up - clipped, clipped - down).sign(), slope = (gains * free).flatten(1).sum(1);
            Tensor further = (missing > wanted * 1e-6).logical_and(slope > 0);
            if (!further.any().item<bool>()) break;
            Rows.Replace(ref factor, where(further, factor + missing / slope.clamp_min(1e-30), factor));
            Rows.Replace(ref clipped, maximum(minimum(direction * Rows.Wide(factor), up), down));
            Rows.Replace(ref missing, wanted - (w * clipped).flatten(1).sum(1));
        }
        return clipped;
    }

    private static Tensor Greedy(Tensor w, Tensor wanted, Tensor down, Tensor up)
    {
        Tensor flat = w.flatten(1), room = where(w > 0, up, down.neg()).flatten(1), order = flat.abs().argsort(1, descending: true);
        Tensor weights = flat.abs().gather(1, order).to(ScalarType.Float64), gains = room.gather(1, order) * weights, before = gains.cumsum(1) - gains;
        Tensor taken = (minimum((wanted.unsqueeze(1) - before).clamp_min(0), gains) / weights.clamp_min(1e-30)).to(ScalarType.Float32);
        return zeros_like(flat).scatter(1, order, taken).reshape(w.shape) * w.sign();
    }
}
