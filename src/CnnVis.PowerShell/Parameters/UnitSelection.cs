using CnnVis.Engine.Models;
using CnnVis.Engine.Retrieval;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Which units layers, channels and directions mean.</summary>
internal static class UnitSelection
{
    /// <summary>The units, layer by layer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">Names, aliases and wildcards; null for the directions' own layers, or the last one that has several rows or columns.</param>
    /// <param name="channels">Channels; null for all, or for none where there are directions.</param>
    /// <param name="position">Row and column, or Strongest.</param>
    /// <param name="directions">Directions; each counts for the layers that have as many channels or values as it has numbers.</param>
    /// <param name="random">Random directions a layer.</param>
    /// <param name="seed">Their seed.</param>
    /// <exception cref="CnnVisException">There is no such layer, channel or place, or a direction fits none of the layers.</exception>
    public static IReadOnlyList<LayerUnits> Of(Network network, string[]? layers, int[]? channels, string[] position, IReadOnlyList<CnnCode> directions, int random, int seed)
    {
        layers ??= [.. directions.Select(d => d.Layer).OfType<string>().Distinct(StringComparer.Ordinal)];
        IReadOnlyList<CnnLayer> chosen = layers.Length == 0 ? [LastMap(network)] : LayerSelection.Of(network, layers);
        LayerDirection[] named = [.. directions.Select((d, i) => new LayerDirection($"direction {i}{(d.Label is null ? "" : $" ({d.Label})")}", d.Values, IsRandom: false))];
        foreach (LayerDirection direction in named)
            if (!chosen.Any(l => Fits(direction, l)))
                throw new CnnVisException(ErrorIds.InvalidArgument, $"The {direction.Name} has {direction.Values.Length} numbers. {string.Join("; ", chosen.Select(l => $"{l.Alias} has {l.Channels} channels and {Values(l)} values"))}: give one for each.", direction.Values);
        return [.. chosen.Select(layer => new LayerUnits(
            layer,
            channels is null && named.Length > 0 ? [] : [.. LayerSelection.Channels(layer, channels).Distinct()],
            [.. named.Where(d => Fits(d, layer)), .. LayerDirection.Random(layer, random, seed)],
            NeuronSelection.Place(layer, position)))];
    }

    private static CnnLayer LastMap(Network network) =>
        network.Layers.LastOrDefault(l => network.Layout(network.Value(l)) is { } map && map.Height * map.Width > 1) ?? network.Relus[^1];

    private static bool Fits(LayerDirection direction, CnnLayer layer) => direction.Values.Length == layer.Channels || direction.Values.Length == Values(layer);

    private static int Values(CnnLayer layer) => layer.OutputShape.Aggregate(1, (a, b) => a * b);
}
