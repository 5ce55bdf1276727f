using System.Management.Automation;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Which layers a list of names, aliases and wildcards means.</summary>
internal static class LayerSelection
{
    /// <summary>The layers, in order of computation, each once.</summary>
    /// <exception cref="CnnVisException">A name matches none.</exception>
    public static IReadOnlyList<CnnLayer> Of(Network network, IReadOnlyList<string> names)
    {
        var chosen = new SortedDictionary<int, CnnLayer>();
        foreach (string name in names)
        {
            if (!WildcardPattern.ContainsWildcardCharacters(name))
            {
                CnnLayer layer = network.Layer(name);
                chosen[layer.Index] = layer;
                continue;
            }
            var pattern = new NamePattern(name);
            CnnLayer[] matching = [.. network.Layers.Where(l => pattern.IsMatch(l.Alias) || pattern.IsMatch(l.Name))];
            if (matching.Length == 0) throw new CnnVisException(ErrorIds.LayerNotFound, $"{network.Name} has no layer like '{name}'. Its layers are {string.Join(", ", network.Layers.Select(l => l.Alias))}.", name);
            foreach (CnnLayer layer in matching) chosen[layer.Index] = layer;
        }
        return [.. chosen.Values];
    }

    /// <summary>The channels asked for, checked; all of them if none was named.</summary>
    public static IReadOnlyList<int> Channels(CnnLayer layer, int[]? channels)
    {
        if (channels is null) return [.. Enumerable.Range(0, layer.Channels)];
        foreach (int channel in channels)
            if (channel < 0 || channel >= layer.Channels)
                throw new CnnVisException(ErrorIds.ChannelNotFound, $"{layer.Alias} of {layer.Model} has no channel {channel}: its {layer.Channels} channels are numbered 0 to {layer.Channels - 1}.", channel);
        return channels;
    }
}
