using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Devices;

/// <summary>
/// Forces and steps as tensor operations in float32, so that t-SNE runs where libtorch does. What many points add to one place is added as 64-bit integers (<see cref="FixedPoint"/>), whose sum does not depend on
/// the order in which a device's threads come by. Repulsion is exact for small maps, and for those of three dimensions, else by Fourier transform.
/// </summary>
internal sealed class DeviceMover : IMapMover
{
    private readonly DeviceAttraction _attracting;
    private readonly IDeviceRepulsion _repelling;
    private readonly Tensor _map, _velocity, _gain, _pull, _push; // each [n, dimension]
    private double _normalizer;

    /// <param name="map">[n, dimension], where the points start.</param>
    /// <param name="affinities">Of the points.</param>
    /// <param name="dimension">Of the map.</param>
    /// <param name="exact">Whether repulsion is computed of all pairs.</param>
    /// <param name="device">Where to compute.</param>
    public DeviceMover(float[] map, SparseAffinities affinities, int dimension, bool exact, Device device)
    {
        using var scope = NewDisposeScope();
        _map = tensor(map, [affinities.Count, dimension], device: device).DetachFromDisposeScope();
        (_velocity, _gain) = (zeros_like(_map).DetachFromDisposeScope(), ones_like(_map).DetachFromDisposeScope());
        (_pull, _push) = (zeros_like(_map).DetachFromDisposeScope(), zeros_like(_map).DetachFromDisposeScope());
        _attracting = new DeviceAttraction(affinities, device);
        _repelling = exact || dimension > 2 ? new DeviceExactRepulsion() : new DeviceFourierRepulsion(dimension, device);
    }

    public void Push()
    {
        _normalizer = _repelling.Compute(_map, _push);
        _attracting.Compute(_map, _pull);
    }

    public double Divergence() => _attracting.Divergence(_map) + Math.Log(_normalizer);

    public void Move(float exaggeration, float momentum, float rate)
    {
        using var scope = NewDisposeScope();
        Tensor gradient = 4 * (exaggeration * _pull - _push * (float)(1 / _normalizer));
        Tensor turned = (gradient > 0).ne(_velocity > 0); // the gradient pushes the way the point goes
        _gain.copy_(where(turned, _gain + Descent.GainStep, _gain * Descent.GainDecay).clamp_min(Descent.LeastGain));
        _velocity.mul_(momentum).sub_(_gain * gradient * rate);
        _velocity.mul_((Descent.LongestStep / _velocity.square().sum([1L], keepdim: true).sqrt()).clamp_max(1));
        _map.add_(_velocity);
        _map.sub_(_map.mean([0L], keepdim: true));
    }

    public float[] Places()
    {
        using var scope = NewDisposeScope();
        return _map.cpu().data<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (Tensor held in (ReadOnlySpan<Tensor>)[_map, _velocity, _gain, _pull, _push]) held.Dispose();
        _attracting.Dispose();
        _repelling.Dispose();
    }
}
