using CnnVis.Engine.Embedding.Forces;

namespace CnnVis.Engine.Embedding;

/// <summary>Forces and steps by vector instructions of the processor.</summary>
/// <param name="map">[n, dimension]; moved in place.</param>
/// <param name="affinities">Of the points.</param>
/// <param name="dimension">Of the map.</param>
/// <param name="repelling">What drives the points apart.</param>
internal sealed class ProcessorMover(float[] map, SparseAffinities affinities, int dimension, IRepulsion repelling) : IMapMover
{
    private readonly float[] _attraction = new float[map.Length], _repulsion = new float[map.Length];
    private readonly Attraction _attracting = new(affinities, dimension);
    private readonly Descent _descent = new(affinities.Count, dimension);
    private double _normalizer;

    public void Push()
    {
        _normalizer = repelling.Compute(map, _repulsion);
        _attracting.Compute(map, _attraction);
    }

    public double Divergence() => _attracting.Divergence(map, _normalizer);

    public void Move(float exaggeration, float momentum, float rate) => _descent.Step(map, _attraction, _repulsion, _normalizer, exaggeration, momentum, rate);

    public float[] Places() => map;

    public void Dispose()
    {
    }
}
