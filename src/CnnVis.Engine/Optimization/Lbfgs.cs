using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>
/// L-BFGS (Nocedal 1980), each picture of the batch with a history and a line search of its own. Variables that stand at their bound and would leave it are held
/// (Bertsekas 1982), and steps are cut back until the loss falls enough (Armijo 1966, constant 1e-4). It has no learning rate. A picture that finds no lower point, as happens
/// where maxima tie and the gradient is none, forgets its history and takes a small step down the gradient all the same.
/// </summary>
/// <param name="memory">Steps remembered.</param>
/// <param name="longest">How long a step may be, root mean square, in units of the variables, for pictures that are to stay near their start.</param>
/// <param name="first">How long the first step is, likewise.</param>
/// <param name="together">Whether a step searches until every picture has its next point. Otherwise it looks once: a picture that found no lower point stays, and looks nearer in the next step, so that none
/// waits for the others.</param>
public sealed class Lbfgs(int memory = 10, double longest = double.PositiveInfinity, double first = 0.01, bool together = true) : IOptimizer
{
    private const double Armijo = 1e-4, Probe = 1e-4, Shrink = 0.4;
    private const int MostTrials = 8;
    private readonly Queue<(Tensor S, Tensor Y, Tensor Rho)> _history = new(); // [N, D], [N, D], [N, 1]
    private Tensor? _gamma; // [N, 1]
    private Tensor? _missed; // [N, 1], trials without a lower point since the last one

    /// <inheritdoc/>
    public (Tensor Variables, Evaluation? Evaluation) Step(Tensor variables, Evaluation here, IProblem problem)
    {
        Tensor x = variables.flatten(1), g = here.Gradient.flatten(1); // [N, D]
        Tensor free = problem.Restrict(variables - here.Gradient.sign() * Probe).flatten(1).ne(x).to(x.dtype);
        Tensor direction = -Scaled(g * free) * free;
        Tensor uphill = Dot(direction, g).ge(0);
        direction = where(uphill, -g * free, direction);
        // Without a history the gradient's length says nothing: the first step is a small one.
        Tensor fresh = _gamma is null ? ones_like(uphill) : uphill.logical_or(_gamma.eq(0));
        Tensor size = where(fresh, first / Size(direction), (longest / Size(direction)).clamp_max(1)); // [N, 1]

        if (!together) return Look(variables, x, g, direction, size, here, problem);
        var (next, there, accepted) = Search(variables, x, g, direction, size, here, problem);
        Remember(next.flatten(1) - x, there.Gradient.flatten(1) - g, accepted, accepted);
        return (next, there);
    }

    /// <inheritdoc/>
    public void Keep(Tensor rows)
    {
        for (int count = _history.Count; count > 0; count--)
        {
            var (s, y, rho) = _history.Dequeue();
            _history.Enqueue((Rows.Of(s, rows), Rows.Of(y, rows), Rows.Of(rho, rows)));
        }
        _gamma = Rows.Of(_gamma, rows);
        _missed = Rows.Of(_missed, rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_history.TryDequeue(out var old)) Free(old);
        _gamma?.Dispose();
        _missed?.Dispose();
    }

    /// <summary>The inverse Hessian's estimate times a vector: Nocedal's two loops.</summary>
    private Tensor Scaled(Tensor vector)
    {
        if (_gamma is null) return vector;
        var steps = _history.ToArray();
        var alphas = new Tensor[steps.Length];
        Tensor q = vector;
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            alphas[i] = steps[i].Rho * Dot(steps[i].S, q);
            q = q - alphas[i] * steps[i].Y;
        }
        q = q * where(_gamma.eq(0), ones_like(_gamma), _gamma);
        for (int i = 0; i < steps.Length; i++) q = q + (alphas[i] - steps[i].Rho * Dot(steps[i].Y, q)) * steps[i].S;
        return q;
    }

    private (Tensor Next, Evaluation There, Tensor Accepted) Search(Tensor variables, Tensor x, Tensor g, Tensor direction, Tensor size, Evaluation here, IProblem problem)
    {
        Tensor losses = tensor(here.Losses, device: x.device).reshape(-1, 1);
        int[] looks = new int[here.Losses.Length];
        bool[] found = new bool[looks.Length];
        for (int trial = 0; ; trial++)
        {
            Tensor next = problem.Restrict((x + size * direction).reshape(variables.shape));
            Evaluation there = problem.At(next);
            Tensor wanted = losses + Armijo * Dot(g, next.flatten(1) - x);
            Tensor accepted = tensor(there.Losses, device: x.device).reshape(-1, 1).le(wanted); // [N, 1]
            // A picture that has found its point is only shown again because others have not.
            for (int i = 0; i < looks.Length; i++)
                if (!found[i]) looks[i]++;
            accepted.flatten().cpu().data<bool>().CopyTo(found);
            if (trial == MostTrials || accepted.all().item<bool>()) return (next, there with { Looks = looks }, accepted);
            there.Dispose();
            if (trial + 1 < MostTrials)
            {
                size = where(accepted, size, size * Shrink);
                continue;
            }
            direction = where(accepted, direction, -g);
            size = where(accepted, size, first / Size(g));
        }
    }

    private (Tensor Next, Evaluation There) Look(Tensor variables, Tensor x, Tensor g, Tensor direction, Tensor size, Evaluation here, IProblem problem)
    {
        Tensor missed = _missed ?? zeros_like(size), last = missed.ge(MostTrials - 1);
        direction = where(last, -g, direction);
        size = where(last, first / Size(g), size * pow(Shrink, missed));
        Tensor trial = problem.Restrict((x + size * direction).reshape(variables.shape)), step = trial.flatten(1) - x;
        using Evaluation there = problem.At(trial);
        Tensor accepted = tensor(there.Losses, device: x.device).reshape(-1, 1).le(tensor(here.Losses, device: x.device).reshape(-1, 1) + Armijo * Dot(g, step)); // [N, 1]
        Remember(step, there.Gradient.flatten(1) - g, accepted, last.logical_not());
        Tensor now = where(accepted.logical_or(last), zeros_like(missed), missed + 1).DetachFromDisposeScope();
        _missed?.Dispose();
        _missed = now;
        return (Rows.Where(accepted, trial, variables), there.Where(accepted, here));
    }

    /// <param name="s">The steps.</param>
    /// <param name="y">What they changed of the gradients.</param>
    /// <param name="accepted">Whose steps are taken.</param>
    /// <param name="kept">Who remembers the steps before.</param>
    private void Remember(Tensor s, Tensor y, Tensor accepted, Tensor kept)
    {
        Tensor sy = Dot(s, y), yy = Dot(y, y);
        Tensor good = sy.gt(1e-10 * (Dot(s, s) * yy).sqrt()).logical_and(accepted);
        if (_history.Count == memory) Free(_history.Dequeue());
        foreach (var old in _history) old.Rho.mul_(kept.to(old.Rho.dtype));
        _history.Enqueue((s.clone().DetachFromDisposeScope(), y.clone().DetachFromDisposeScope(), where(good, 1 / sy, zeros_like(sy)).DetachFromDisposeScope()));
        Tensor gamma = where(good, sy / yy, where(kept, _gamma ?? zeros_like(sy), zeros_like(sy)));
        _gamma?.Dispose();
        _gamma = gamma.DetachFromDisposeScope();
    }

    /// <summary>Root mean square.</summary>
    private static Tensor Size(Tensor vector) => (vector.square().mean([1L], keepdim: true) + 1e-30).sqrt();

    private static Tensor Dot(Tensor a, Tensor b) => (a * b).sum([1L], keepdim: true);

    private static void Free((Tensor S, Tensor Y, Tensor Rho) step)
    {
        step.S.Dispose();
        step.Y.Dispose();
        step.Rho.Dispose();
    }
}
