using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Optimization;

/// <summary>
/// Gradient descent with momentum: v ← m·v − η·g / rms(g), x ← x + v. Each picture's gradient is brought to a root mean square of 1, so that η is in units of the
/// variables and serves any layer of any network; Mahendran and Vedaldi 2014 set it layer by layer.
/// </summary>
/// <remarks>
/// With smoothing s > 0, g is the Sobolev gradient (Neuberger 1985): the spectrum of ∂L/∂x over max(f, 1/side)^s, f in cycles a pixel. That is another measure of how far two pictures are apart,
/// not another loss: what is a minimum stays one, but the way there leads over pictures in which slow waves move as readily as in photos.
/// </remarks>
/// <param name="size">η at each step.</param>
/// <param name="momentum">m, in [0, 1).</param>
/// <param name="smoothing">s, at least 0; above 0 variables are pictures, [N, C, H, W].</param>
public sealed class GradientDescent(Func<int, double> size, double momentum, double smoothing = 0) : IOptimizer
{
    private Tensor? _velocity;
    private int _step;

    /// <inheritdoc/>
    public (Tensor Variables, Evaluation? Evaluation) Step(Tensor variables, Evaluation here, IProblem problem)
    {
        double eta = size(_step++);
        Tensor flat = (smoothing > 0 ? Smoothed(here.Gradient) : here.Gradient).flatten(1);
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

    private Tensor Smoothed(Tensor gradient)
    {
        long height = gradient.shape[2], width = gradient.shape[3];
        return fft.irfft2(fft.rfft2(gradient) / Frequencies.Of(height, width, gradient.device).pow(smoothing), [height, width]); // [N, C, H, W]
    }
}
