using static TorchSharp.torch;

namespace CnnVis.Engine.Adversarial.Attacks;

/// <summary>
/// L-BFGS within limits, for many functions at a time, a row each: values at a limit that the gradient presses against are held; the others go along the limited-memory direction
/// (Nocedal and Wright, algorithm 7.4), the point is brought back into the limits, and the step halved until the function falls (Armijo). Each row accepts or halves by itself, so
/// that every evaluation serves all.
/// </summary>
/// <param name="low">Least values, [n, …].</param>
/// <param name="high">Largest values.</param>
internal sealed class BoxLbfgs(Tensor low, Tensor high)
{
    private const int Memory = 8;
    private const float Armijo = 1e-4f;

    private readonly List<(Tensor S, Tensor Y, Tensor Rho)> _pairs = [];

    /// <summary>Minimises from a point.</summary>
    /// <param name="start">[n, …], within the limits.</param>
    /// <param name="evaluate">Gives values, [n], and gradients.</param>
    /// <param name="evaluations">How often it may ask.</param>
    public void Minimize(Tensor start, Func<Tensor, (Tensor Values, Tensor Gradients)> evaluate, int evaluations)
    {
        Tensor x = start.clone();
        var (value, gradient) = evaluate(x);
        Tensor direction = First(x, gradient), length = ones_like(value);
        for (int i = 1; i < evaluations; i++)
        {
            using var scope = NewDisposeScope();
            Tensor trial = maximum(minimum(x + direction * Wide(length), high), low), step = trial - x;
            var (trialValue, trialGradient) = evaluate(trial);
            Tensor accept = trialValue <= value + Armijo * Dot(gradient, step);
            Remember(step, trialGradient - gradient, accept);
            Tensor wide = Wide(accept);
            Rows.Replace(ref x, where(wide, trial, x));
            Rows.Replace(ref value, where(accept, trialValue, value));
            Rows.Replace(ref gradient, where(wide, trialGradient, gradient));
            Rows.Replace(ref direction, where(wide, Direction(x, gradient), direction));
            Rows.Replace(ref length, where(accept, ones_like(length), length / 2));
        }
    }

    private Tensor Free(Tensor x, Tensor gradient) => ((x > low).logical_or(gradient < 0)).logical_and((x < high).logical_or(gradient > 0)).to(ScalarType.Float32);

    /// <summary>The first step is small: a hundredth of the range along the gradient.</summary>
    private Tensor First(Tensor x, Tensor gradient)
    {
        Tensor free = gradient * Free(x, gradient);
        return free * Wide(-0.01 / free.flatten(1).abs().amax(1).clamp_min(1e-30));
    }

    private Tensor Direction(Tensor x, Tensor gradient)
    {
        Tensor free = Free(x, gradient), q = gradient * free;
        if (_pairs.Count == 0) return First(x, gradient);
        var factors = new Tensor[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            factors[i] = _pairs[i].Rho * Dot(_pairs[i].S, q);
            q -= Wide(factors[i]) * _pairs[i].Y;
        }
        q *= Wide(Scale());
        for (int i = 0; i < _pairs.Count; i++) q += _pairs[i].S * Wide(factors[i] - _pairs[i].Rho * Dot(_pairs[i].Y, q));
        Tensor direction = q.neg() * free;
        // Rows whose direction does not fall begin anew.
        return where(Wide(Dot(direction, gradient) < 0), direction, First(x, gradient));
    }

    /// <summary>s · y / y · y of each row's newest pair; a row without one takes 1.</summary>
    private Tensor Scale()
    {
        Tensor? scale = null;
        foreach (var (s, y, rho) in _pairs)
        {
            Tensor own = 1 / (rho * Dot(y, y)).clamp_min(1e-30);
            scale = where(rho > 0, own, scale ?? ones_like(own));
        }
        return scale!;
    }

    /// <summary>Pairs of rows that did not move, or whose curvature is not positive, are zeros and change nothing.</summary>
    private void Remember(Tensor step, Tensor change, Tensor accept)
    {
        Tensor curvature = Dot(step, change), good = accept.logical_and(curvature > 1e-12 * Dot(change, change)), wide = Wide(good.to(ScalarType.Float32));
        if (!good.any().item<bool>()) return;
        _pairs.Add(((step * wide).MoveToOuterDisposeScope(), (change * wide).MoveToOuterDisposeScope(), where(good, 1 / curvature, zeros_like(curvature)).MoveToOuterDisposeScope()));
        if (_pairs.Count <= Memory) return;
        var (s, y, rho) = _pairs[0];
        foreach (Tensor old in new[] { s, y, rho }) old.Dispose();
        _pairs.RemoveAt(0);
    }

    private static Tensor Dot(Tensor a, Tensor b) => (a * b).flatten(1).sum(1);

    private static Tensor Wide(Tensor each) => Rows.Wide(each);
}
