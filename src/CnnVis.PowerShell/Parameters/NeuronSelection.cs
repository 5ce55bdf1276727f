using System.Globalization;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Which neurons layers, channels and a position mean.</summary>
internal static class NeuronSelection
{
    /// <summary>The word for the place of a channel's largest value.</summary>
    public const string Strongest = nameof(Strongest);

    /// <summary>A neuron for each layer and channel.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">Names, aliases and wildcards.</param>
    /// <param name="channels">Channels; null for the one with the largest value.</param>
    /// <param name="position">Row and column, or <see cref="Strongest"/>.</param>
    /// <exception cref="CnnVisException">There is no such layer, channel or place.</exception>
    public static IReadOnlyList<NeuronTarget> Of(Network network, string[] layers, int[]? channels, string[] position)
    {
        var neurons = new List<NeuronTarget>();
        foreach (CnnLayer layer in LayerSelection.Of(network, layers))
        {
            (int, int)? place = Place(layer, position);
            int?[] chosen = channels is null ? [null] : [.. LayerSelection.Channels(layer, channels).Select(c => (int?)c)];
            neurons.AddRange(chosen.Select(c => new NeuronTarget(network.Units(layer), c, place)));
        }
        return neurons;
    }

    /// <summary>Row and column in a layer's map; null for <see cref="Strongest"/>.</summary>
    /// <exception cref="CnnVisException">There is no such place.</exception>
    public static (int Row, int Column)? Place(CnnLayer layer, string[] position)
    {
        if (position.Length == 1 && position[0].Equals(Strongest, StringComparison.OrdinalIgnoreCase)) return null;
        int[] place = [.. position.SelectMany(p => p.Split(',')).Select(p => int.TryParse(p, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        string asked = string.Join(", ", position);
        if (place.Length != 2 || place.Min() < 0)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"'{asked}' is no position: give a row and a column from 0, as 3, 4, or {Strongest}.", asked);
        if (layer.OutputShape is not [_, var rows, var columns])
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} has no rows and columns: leave -Position out.", asked);
        return place[0] < rows && place[1] < columns ? (place[0], place[1])
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"{layer.Alias} has {rows} rows and {columns} columns, numbered from 0; there is no ({asked}).", asked);
    }
}
