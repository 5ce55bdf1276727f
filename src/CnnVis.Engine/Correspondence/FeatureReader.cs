using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Correspondence;

/// <summary>Reads the features of layers at their units' centres.</summary>
public sealed class FeatureReader
{
    private readonly Network _network;
    private readonly string[] _values;
    private readonly PlaneLayout[] _layouts;
    private readonly CorrespondenceMetric _metric;

    /// <param name="network">Whose layers.</param>
    /// <param name="layers">Which.</param>
    /// <param name="metric">How their features will be compared.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: a layer's units have no places in the picture.</exception>
    public FeatureReader(Network network, IReadOnlyList<CnnLayer> layers, CorrespondenceMetric metric)
    {
        (_network, Layers, _metric) = (network, layers, metric);
        Grids = [.. layers.Select(l => UnitGrids.Of(network, l))];
        _values = [.. layers.Select(network.Value)];
        _layouts = [.. _values.Select(v => network.Layout(v)!)];
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<CnnLayer> Layers { get; }

    /// <summary>Where the units of each look.</summary>
    public IReadOnlyList<UnitGrid> Grids { get; }

    /// <summary>For each picture the features of each layer.</summary>
    /// <param name="pixels">[N, C, H, W] in [0, 1].</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    public FeatureGrid[][] Read(Tensor pixels, CancellationToken cancellation = default)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor[] outputs = _network.Forward(pixels, _values, cancellation);
        var grids = new FeatureGrid[pixels.shape[0]][];
        for (int i = 0; i < grids.Length; i++) grids[i] = new FeatureGrid[outputs.Length];
        for (int layer = 0; layer < outputs.Length; layer++)
        {
            float[] values = _layouts[layer].Maps(outputs[layer]).permute(0, 2, 3, 1).ToFloats(); // [N, H, W, C]
            int length = values.Length / grids.Length;
            for (int i = 0; i < grids.Length; i++) grids[i][layer] = new FeatureGrid(Grids[layer], values.AsSpan(i * length, length).ToArray(), _metric);
        }
        return grids;
    }
}
