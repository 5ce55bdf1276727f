using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators.Convolutions;
using CnnVis.Engine.Graphs.Operators.Products;
using CnnVis.Engine.Models;
using static TorchSharp.torch;

namespace CnnVis.Engine.Filters;

/// <summary>Finds the weights that belong to a layer. The rows of a fully connected layer are reshaped to the map that they look at; planes of filters that look at a colour picture are put in the order red, green, blue.</summary>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// var reader = new FilterReader(network);
/// Console.WriteLine(reader.Read(reader.First, [0, 1, 2], default));
/// </code>
/// </example>
public sealed class FilterReader(Network network)
{
    /// <summary>The first layer with filters.</summary>
    public CnnLayer First => network.Layers.FirstOrDefault(HasFilters) ?? throw new CnnVisException(ErrorIds.LayerHasNoFilters, $"{network.Name} has no layer with filters.", network.Name);

    /// <summary>Whether the layer has weights that can be seen as filters.</summary>
    public bool HasFilters(CnnLayer layer)
    {
        Node node = network.Graph.Nodes[layer.Index];
        return node.Operator is Conv or Gemm && network.Graph.Parameters.ContainsKey(node.Inputs[1]);
    }

    /// <summary>The layer itself where it has filters, else the one whose filters feed its channels one by one: a ReLU's, a normalisation's or a pooling's convolution. Itself where there is none.</summary>
    public CnnLayer Behind(CnnLayer layer)
    {
        int place = layer.Index;
        while (place >= 0 && !HasFilters(network.Layers[place]) && KeepsChannels(network.Graph.Nodes[place].Operator.Traits)) place = network.Graph.Producer(network.Graph.Nodes[place].Inputs[0]);
        return place >= 0 && HasFilters(network.Layers[place]) && network.Layers[place].Channels == layer.Channels ? network.Layers[place] : layer;
    }

    private static bool KeepsChannels(OperatorTraits traits) => (traits & (OperatorTraits.Activation | OperatorTraits.Normalizes | OperatorTraits.Pools | OperatorTraits.PassesOn)) != 0;

    /// <summary>The layer's filters, measured.</summary>
    /// <exception cref="CnnVisException">The layer has none.</exception>
    public CnnFilterBank Read(CnnLayer layer, IReadOnlyList<int> channels, CancellationToken cancellation)
    {
        if (!HasFilters(layer))
            throw new CnnVisException(ErrorIds.LayerHasNoFilters, $"{layer.Alias} ({layer.Operator}) has no filters. Layers that have some: {string.Join(", ", network.Layers.Where(HasFilters).Select(l => l.Alias))}.", layer.Alias);
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Node node = network.Graph.Nodes[layer.Index];
        Tensor weights = network.Graph.Parameters[node.Inputs[1]];
        if (node.Operator is Gemm && node.Operator.Attributes.Integer("transB", 0) == 0) weights = weights.t();
        var (planes, height, width) = Window(node, weights);
        Tensor filters = weights.reshape(-1, planes, height, width);
        long[]? colors = planes == 3 && node.Operator is Conv ? FilterColors.Of(network, node.Inputs[0]) : null;
        if (colors is not null) filters = filters.index_select(1, tensor(colors, device: filters.device));
        return new FilterAnalysis(filters, cancellation).ToBank(network.Origin, layer.Alias, channels, isRgb: colors is not null);
    }

    private (int Planes, int Height, int Width) Window(Node node, Tensor weights)
    {
        if (node.Operator is Conv) return ((int)weights.shape[1], weights.dim() > 3 ? (int)weights.shape[2] : 1, (int)weights.shape[^1]);
        // Through what only renames or rescales units, back to the map that was flattened.
        int producer = Behind(node.Inputs[0], o => o.Traits.HasFlag(OperatorTraits.PassesOn));
        if (producer >= 0 && network.Layers[producer].OutputShape is [var planes, var height, var width] && (long)planes * height * width == weights.shape[1])
            return (planes, height, width);
        return ((int)weights.shape[1], 1, 1);
    }

    /// <summary>The last node before a value that is not one of those to look through; -1 where the network's input is reached.</summary>
    private int Behind(string value, Func<Operator, bool> through)
    {
        int producer = network.Graph.Producer(value);
        while (producer >= 0 && through(network.Graph.Nodes[producer].Operator)) producer = network.Graph.Producer(network.Graph.Nodes[producer].Inputs[0]);
        return producer;
    }
}
