namespace CnnVis.Engine.Models;

/// <summary>Where the units of layers look.</summary>
internal static class UnitPlaces
{
    /// <summary>The centres of a layer's units, by stride and offset of their receptive fields; null where its units have no places of their own.</summary>
    public static UnitGrid? Of(Network network, CnnLayer layer) =>
        network.Layout(network.Value(layer)) is { } map && (map.Height > 1 || map.Width > 1) && layer.ReceptiveField is { StrideX: > 0, StrideY: > 0 } field
            ? new UnitGrid(map.Height, map.Width, field.OffsetX + field.Width / 2.0, field.OffsetY + field.Height / 2.0, field.StrideX, field.StrideY)
            : null;
}
