using System.Management.Automation;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Which layers a list of names means where units need places in the picture: wildcards pass over the others.</summary>
internal static class PlacedLayerSelection
{
    /// <summary>The layers, in order of computation, each once.</summary>
    /// <exception cref="CnnVisException">A name matches none.</exception>
    public static IReadOnlyList<CnnLayer> Of(Network network, IReadOnlyList<string> names)
    {
        HashSet<CnnLayer> placed = [.. UnitGrids.WithPlaces(network)];
        return [.. names.SelectMany(Named).Distinct().OrderBy(l => l.Index)];

        IEnumerable<CnnLayer> Named(string name)
        {
            IReadOnlyList<CnnLayer> all = LayerSelection.Of(network, [name]);
            return WildcardPattern.ContainsWildcardCharacters(name) && all.Any(placed.Contains) ? all.Where(placed.Contains) : all;
        }
    }
}
