using CnnVis.Engine.Models;

namespace CnnVis.Engine.Correspondence;

/// <summary>Where the units of layers look.</summary>
public static class UnitGrids
{
    /// <summary>Fewest rows and columns of the layer that is taken where none is named.</summary>
    private const int FewestRows = 12;

    /// <summary>The centres of a layer's units, by stride and offset.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: its units have no places.</exception>
    public static UnitGrid Of(Network network, CnnLayer layer) => UnitPlaces.Of(network, layer) ?? throw new CnnVisException(ErrorIds.InvalidArgument,
        $"The units of {layer.Alias} of {network.Name} have no places in the picture. Name a layer with rows and columns, as {string.Join(", ", WithPlaces(network).TakeLast(3).Select(l => l.Alias))}.", layer);

    /// <summary>The layers whose units have places.</summary>
    public static IReadOnlyList<CnnLayer> WithPlaces(Network network) => [.. network.Layers.Where(l => UnitPlaces.Of(network, l) is not null)];

    /// <summary>The ReLUs whose units have places; all layers with places where there is none.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: no layer has places.</exception>
    public static IReadOnlyList<CnnLayer> Usual(Network network)
    {
        CnnLayer[] placed = [.. network.Relus.Where(l => UnitPlaces.Of(network, l) is not null)];
        if (placed.Length == 0) placed = [.. WithPlaces(network)];
        return placed.Length > 0 ? placed : throw new CnnVisException(ErrorIds.InvalidArgument, $"No layer of {network.Name} has units with places in the picture.", network.Name);
    }

    /// <summary>
    /// The layer that is taken where none is named: the last ReLU (of a network without ReLUs, layer) whose map has at least 12 rows and columns, or else as many as any. Deeper layers know better what is at a place and worse where it is; where
    /// docs/correspondence.md measures it, this one is best or nearly so.
    /// </summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: no layer has places.</exception>
    public static CnnLayer Default(Network network)
    {
        IReadOnlyList<CnnLayer> placed = Usual(network);
        int enough = Math.Min(FewestRows, placed.Max(Fewest));
        return placed.Last(l => Fewest(l) >= enough);

        int Fewest(CnnLayer layer) => UnitPlaces.Of(network, layer) is { } grid ? Math.Min(grid.Rows, grid.Columns) : 0;
    }
}
