using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>
/// Gradient descent with momentum: v ← m·v − η·g / rms(g), x ← x + v. Each picture's gradient is brought to a root mean square of 1, so that η is in units of the
/// variables and serves any layer of any network; Mahendran and Vedaldi 2014 set it layer by layer.
/// </summary>
/// <param name="size">η at each step.</param>
/// <param name="momentum">m, in [0, 1).</param>
public sealed class GradientDescent(Func<int, double> size, double momentum) : IOptimizer
{
    private Tensor? _velocity;
    private int _step;

    /// <inheritdoc/>
    public (Tensor Variables, Evaluation? Evaluation) Step(Tensor variables, Evaluation here, IProblem problem)
    {
        double eta = size(_step++);
        Tensor flat = here.Gradient.flatten(1);
        Tensor length = (flat.square().mean([1L], keepdim: true) + 1e-24).sqrt();
        Tensor change = (flat / length * -eta).reshape(variables.shape);
        if (_velocity is null) _velocity = change.clone().DetachFromDisposeScope();
        else _velocity.mul_(momentum).add_(change);
        return (problem.Restrict(variables + _velocity), null);
    }

    /// <inheritdoc/>
    public void Keep(Tensor rows) => _velocity = Rows.Of(_velocity, rows);

    /// <inheritdoc/>
    public void Dispose() => _velocity?.Dispose();
}
