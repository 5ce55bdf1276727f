using CnnVis.Engine.Models;

namespace CnnVis.Engine.Correspondence;

/// <summary>Where the units of layers look.</summary>
public static class UnitGrids
{
    /// <summary>Fewest rows and columns of the layer that is taken where none is named.</summary>
    private const int FewestRows = 7;

    /// <summary>The centres of a layer's units, by stride and offset.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: its units have no places.</exception>
    public static UnitGrid Of(Network network, CnnLayer layer) => Find(network, layer) ?? throw new CnnVisException(ErrorIds.InvalidArgument,
        $"The units of {layer.Alias} of {network.Name} have no places in the picture. Name a layer with rows and columns, as {string.Join(", ", WithPlaces(network).TakeLast(3).Select(l => l.Alias))}.", layer);

    /// <summary>The layers whose units have places.</summary>
    public static IReadOnlyList<CnnLayer> WithPlaces(Network network) => [.. network.Layers.Where(l => Find(network, l) is not null)];

    /// <summary>The ReLUs whose units have places; all layers with places where there is none.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: no layer has places.</exception>
    public static IReadOnlyList<CnnLayer> Usual(Network network)
    {
        CnnLayer[] placed = [.. network.Relus.Where(l => Find(network, l) is not null)];
        if (placed.Length == 0) placed = [.. WithPlaces(network)];
        return placed.Length > 0 ? placed : throw new CnnVisException(ErrorIds.InvalidArgument, $"No layer of {network.Name} has units with places in the picture.", network.Name);
    }

    /// <summary>
    /// The layer that is taken where none is named: the last but one ReLU (of a network without ReLUs, layer) whose map has at least 7 rows and columns. Features just below the last ones tell places apart best: conv4 of AlexNet
    /// (Long, Zhang and Darrell 2014, table 3).
    /// </summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: no layer has places.</exception>
    public static CnnLayer Default(Network network)
    {
        CnnLayer[] placed = [.. Usual(network)];
        CnnLayer[] fine = [.. placed.Where(l => Find(network, l) is { Rows: >= FewestRows, Columns: >= FewestRows })];
        return fine.Length > 1 ? fine[^2] : fine.Length == 1 ? fine[0] : placed[0];
    }

    private static UnitGrid? Find(Network network, CnnLayer layer) =>
        network.Layout(network.Value(layer)) is { } map && (map.Height > 1 || map.Width > 1) && layer.ReceptiveField is { StrideX: > 0, StrideY: > 0 } field
            ? new UnitGrid(map.Height, map.Width, field.OffsetX + field.Width / 2.0, field.OffsetY + field.Height / 2.0, field.StrideX, field.StrideY)
            : null;
}
