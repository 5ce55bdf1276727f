using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>Kingma and Ba 2014, algorithm 1, with β₁ = 0.9, β₂ = 0.999, ε = 1e-8.</summary>
/// <param name="size">Size of each step.</param>
public sealed class Adam(Func<int, double> size) : IOptimizer
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private Tensor? _first, _second;
    private int _step;

    /// <inheritdoc/>
    public (Tensor Variables, Evaluation? Evaluation) Step(Tensor variables, Evaluation here, IProblem problem)
    {
        _first ??= zeros_like(variables).DetachFromDisposeScope();
        _second ??= zeros_like(variables).DetachFromDisposeScope();
        double alpha = size(_step);
        _step++;
        _first.mul_(Beta1).add_(here.Gradient * (1 - Beta1));
        _second.mul_(Beta2).add_(here.Gradient.square() * (1 - Beta2));
        Tensor change = _first / (1 - Math.Pow(Beta1, _step)) / ((_second / (1 - Math.Pow(Beta2, _step))).sqrt() + Epsilon);
        return (problem.Restrict(variables - change * alpha), null);
    }

    /// <inheritdoc/>
    public void Keep(Tensor rows) => (_first, _second) = (Rows.Of(_first, rows), Rows.Of(_second, rows));

    /// <inheritdoc/>
    public void Dispose()
    {
        _first?.Dispose();
        _second?.Dispose();
    }
}
