using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial;

/// <summary>Geometry of perturbations by their norm: [n, C, H, W] each.</summary>
internal static class Ball
{
    /// <summary>Sizes, [n].</summary>
    public static Tensor Size(Tensor change, AttackNorm norm)
    {
        using var scope = NewDisposeScope();
        Tensor flat = change.flatten(1);
        return (norm switch
        {
            AttackNorm.LInf => flat.abs().amax(1),
            AttackNorm.L2 => flat.square().sum(1).sqrt(),
            AttackNorm.L1 => flat.abs().sum(1),
            _ => (flat != 0).to(ScalarType.Float32).sum(1),
        }).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The step of a given length from x that a linear function with that gradient rises most by: the gradient's signs (L∞), the gradient at that length (L2), or
    /// the values with the largest gradients, each as far as its limit lets it, until the length is used up (L1).
    /// </summary>
    public static Tensor Steepest(Tensor gradient, AttackNorm norm, double length, Tensor x, Tensor low, Tensor high)
    {
        using var scope = NewDisposeScope();
        Tensor free = gradient * (high > low).to(ScalarType.Float32);
        return (norm switch
        {
            AttackNorm.LInf => free.sign().mul_(length),
            AttackNorm.L2 => free.mul_(Rows.Wide(length / Size(Scaled(free), norm).clamp_min(1e-30)) / Largest(free)),
            AttackNorm.L1 => Largest(free, length, x, low, high),
            _ => throw new ArgumentOutOfRangeException(nameof(norm)),
        }).MoveToOuterDisposeScope();
    }

    /// <summary>The nearest perturbed picture within the ball and the limits; L∞ balls are part of the limits.</summary>
    public static Tensor Project(Tensor x, Tensor originals, AttackNorm norm, double epsilon, Tensor low, Tensor high)
    {
        using var scope = NewDisposeScope();
        Tensor inside = x;
        if (norm is AttackNorm.L2 or AttackNorm.L1 && double.IsFinite(epsilon))
        {
            Tensor change = maximum(minimum(x, high), low) - originals;
            inside = originals + (norm == AttackNorm.L2 ? Shrunk(change, epsilon) : Soft(change, epsilon));
        }
        return maximum(minimum(inside, high), low).MoveToOuterDisposeScope();
    }

    /// <summary>A random point of the ball around the originals: uniform for L∞ and L2, within the limits.</summary>
    public static Tensor Random(AttackRows rows, int number, AttackNorm norm, double epsilon)
    {
        using var scope = NewDisposeScope();
        Tensor originals = rows.Originals;
        long[] shape = originals.shape[1..];
        long length = shape.Aggregate(1L, (a, b) => a * b);
        Tensor change = rows.Draw(number, g =>
        {
            if (norm == AttackNorm.LInf) return rand(shape, generator: g).mul_(2 * epsilon).sub_(epsilon);
            Tensor direction = norm == AttackNorm.L2 ? randn(shape, generator: g) : rand(shape, generator: g).clamp_min(1e-30).log().neg() * (rand(shape, generator: g) - 0.5).sign();
            Tensor radius = rand([1], generator: g).pow(1.0 / length).mul_(epsilon);
            return direction * (radius / (norm == AttackNorm.L2 ? direction.norm() : direction.abs().sum()));
        });
        return Project(originals + change, originals, norm, epsilon, rows.Low, rows.High).MoveToOuterDisposeScope();
    }

    private static Tensor Largest(Tensor gradient) => gradient.flatten(1).abs().amax(1).clamp_min(1e-30).reshape(-1, 1, 1, 1);

    /// <summary>Divided by its largest magnitude, so that squares of tiny gradients do not vanish.</summary>
    private static Tensor Scaled(Tensor gradient) => gradient / Largest(gradient);

    private static Tensor Largest(Tensor gradient, double length, Tensor x, Tensor low, Tensor high)
    {
        Tensor room = where(gradient > 0, high - x, x - low).flatten(1) * (gradient.flatten(1) != 0).to(ScalarType.Float32);
        Tensor order = gradient.flatten(1).abs().argsort(1, descending: true); // [n, values]
        Tensor sorted = room.gather(1, order).to(ScalarType.Float64), before = sorted.cumsum(1) - sorted;
        Tensor taken = minimum((length - before).clamp_min(0), sorted).to(ScalarType.Float32);
        return zeros_like(room).scatter(1, order, taken).reshape(gradient.shape) * gradient.sign();
    }

    /// <summary>Scaled to the length where it is longer, by a hair less for rounding.</summary>
    private static Tensor Shrunk(Tensor change, double epsilon) => change * Rows.Wide((epsilon * (1 - 1e-6) / Size(change, AttackNorm.L2).clamp_min(1e-30)).clamp_max(1));

    /// <summary>The nearest perturbation whose magnitudes add up to epsilon at most (Duchi et al. 2008): all magnitudes less one threshold.</summary>
    private static Tensor Soft(Tensor change, double epsilon)
    {
        epsilon *= 1 - 1e-6;
        Tensor flat = change.flatten(1).abs();
        Tensor sorted = flat.sort(1, descending: true).Values.to(ScalarType.Float64), sums = sorted.cumsum(1) - epsilon;
        Tensor ranks = arange(1, flat.shape[1] + 1, dtype: ScalarType.Float64, device: flat.device);
        Tensor count = (sorted * ranks > sums).to(ScalarType.Int64).sum(1, keepdim: true).clamp_min(1);
        Tensor threshold = (sums.gather(1, count - 1) / count).clamp_min(0).to(ScalarType.Float32);
        return ((flat - threshold).clamp_min(0) * change.flatten(1).sign()).reshape(change.shape);
    }
}
