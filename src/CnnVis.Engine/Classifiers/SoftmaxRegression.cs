using CnnVis.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnVis.Engine.Classifiers;

/// <summary>
/// Multinomial logistic regression (Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4): Σ wᵢ · −log softmax(W·xᵢ + b)[yᵢ] / Σ wᵢ + λ/2 · ‖W‖². The bias is not decayed. scikit-learn's LogisticRegression
/// minimises the same with C = 1 / (λ · Σ wᵢ).
/// </summary>
/// <param name="codes">[N, D], standardised.</param>
/// <param name="labels">[N], int64, 0 to <paramref name="classes"/> − 1.</param>
/// <param name="weights">[N].</param>
/// <param name="classes">K, at least 2.</param>
internal sealed class SoftmaxRegression(Tensor codes, Tensor labels, Tensor weights, int classes)
{
    /// <summary>Logits that are worked on at a time: they stay in the cache.</summary>
    private const int Block = 1 << 20;

    /// <summary>Steps in a row that lower the objective by less than float32 can tell, after which it is at its lowest.</summary>
    private const int MostIdle = 3;

    private readonly double _total = weights.sum(ScalarType.Float64).item<double>();

    private long Length => codes.shape[1];

    /// <summary>What a fit ended with.</summary>
    /// <param name="Parameters">W row by row, then b: [1, K·(D + 1)].</param>
    /// <param name="Objective">The value there.</param>
    /// <param name="Iterations">Steps.</param>
    /// <param name="IsConverged">Whether what is left to be won is within the tolerance, or below what rounding hides.</param>
    public sealed record Result(Tensor Parameters, double Objective, int Iterations, bool IsConverged);

    /// <summary>Minimises it by L-BFGS.</summary>
    /// <param name="decay">λ.</param>
    /// <param name="start">Where it starts; zeros if null.</param>
    /// <param name="tolerance">Share of the objective that may be left to be won: with a decay of λ it is at most ‖gradient‖² / 2λ, for the objective is at least that much convex.</param>
    /// <param name="maxIterations">Most steps.</param>
    /// <param name="progress">Told after each step: how many, and the objective.</param>
    /// <param name="cancellation">Ends it between two passes over the codes.</param>
    /// <returns>What it came to, in the caller's dispose scope.</returns>
    public Result Fit(double decay, Tensor? start, double tolerance, int maxIterations, Action<int, double>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var problem = new Problem(this, decay, cancellation);
        using var optimizer = new Lbfgs();
        Tensor at = start?.clone() ?? zeros([1, classes * (Length + 1)]);
        Evaluation here = problem.At(at);
        try
        {
            for (int step = 0, idle = 0; ; step++)
            {
                bool isConverged = idle == MostIdle || here.Gradient.square().sum(ScalarType.Float64).item<double>() <= 2 * decay * tolerance * here.Losses[0];
                if (isConverged || step == maxIterations) return new Result(at.MoveToOuterDisposeScope(), here.Losses[0], step, isConverged);
                using var inner = NewDisposeScope();
                var (next, there) = optimizer.Step(at, here, problem);
                there ??= problem.At(next);
                if (!(there.Losses[0] < here.Losses[0])) // only rounding is left to be won
                {
                    there.Dispose();
                    return new Result(at.MoveToOuterDisposeScope(), here.Losses[0], step, true);
                }
                idle = there.Losses[0] > here.Losses[0] * (1 - 1e-7f) ? idle + 1 : 0;
                here.Dispose();
                (at, here) = (next.MoveToOuterDisposeScope(), there);
                progress?.Invoke(step + 1, here.Losses[0]);
            }
        }
        finally
        {
            here.Dispose();
        }
    }

    /// <summary>Mean loss by weight, without the decay, and the share of codes whose class is the most probable.</summary>
    public (double Loss, double Accuracy) Measure(Tensor at)
    {
        long right = 0;
        double loss = Pass(at, (_, logits, _, from) => right += logits.argmax(1).eq(labels.narrow(0, from, logits.shape[0])).sum(ScalarType.Int64).item<long>(), default);
        return (loss, (double)right / codes.shape[0]);
    }

    /// <summary>Goes over the codes in blocks; gives the mean loss.</summary>
    /// <param name="at">W and b.</param>
    /// <param name="visit">Takes a block of codes, its logits, their log Σ exp, and the number of its first code.</param>
    /// <param name="cancellation">Ends it between two blocks.</param>
    private double Pass(Tensor at, Action<Tensor, Tensor, Tensor, long> visit, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = Split(at);
        Tensor transposed = weight.t(); // [D, K]
        long rows = Math.Max(1, Block / classes);
        double loss = 0;
        for (long from = 0; from < codes.shape[0]; from += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            long count = Math.Min(rows, codes.shape[0] - from);
            Tensor block = codes.narrow(0, from, count), logits = bias.addmm(block, transposed, 1, 1); // [n, K]
            Tensor normal = logits.logsumexp(1); // [n]
            Tensor own = logits.gather(1, labels.narrow(0, from, count).unsqueeze(1)).squeeze(1);
            loss += ((normal - own) * weights.narrow(0, from, count)).sum(ScalarType.Float64).item<double>();
            visit(block, logits, normal, from);
        }
        return loss / _total;
    }

    private (Tensor Weight, Tensor Bias) Split(Tensor at) => (at.flatten().narrow(0, 0, classes * Length).view(classes, Length), at.flatten().narrow(0, classes * Length, classes));

    /// <summary>The objective with one weight decay.</summary>
    private sealed class Problem(SoftmaxRegression regression, double decay, CancellationToken cancellation) : IProblem
    {
        public Tensor Restrict(Tensor variables) => variables;

        public Evaluation At(Tensor variables)
        {
            using var scope = NewDisposeScope();
            Tensor gradient = zeros_like(variables);
            var (weightGradient, biasGradient) = regression.Split(gradient);
            double loss = regression.Pass(variables, (block, logits, normal, from) =>
            {
                Tensor label = regression.NarrowTo(regression.Labels, logits, from), weight = regression.NarrowTo(regression.Weights, logits, from);
                Tensor error = logits.sub_(normal.unsqueeze(1)).exp_().scatter_add_(1, label, full(label.shape, -1f)).mul_(weight); // [n, K]: probabilities, less 1 at the class
                weightGradient.add_(error.t().mm(block));
                biasGradient.add_(error.sum([0L]));
            }, cancellation);
            gradient.div_((float)regression._total);
            Tensor own = regression.Split(variables).Weight;
            weightGradient.add_(own, (float)decay);
            float value = (float)(loss + decay / 2 * own.square().sum(ScalarType.Float64).item<double>());
            return new Evaluation([value], [value], gradient.DetachFromDisposeScope(), empty(0).DetachFromDisposeScope());
        }
    }

    private Tensor Labels => labels;

    private Tensor Weights => weights;

    private Tensor NarrowTo(Tensor all, Tensor block, long from) => all.narrow(0, from, block.shape[0]).unsqueeze(1);
}
