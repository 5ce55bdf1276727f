using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models;

namespace CnnVis.Engine.Attribution.Saliency;

/// <summary>Where the places of layers' maps lie in the picture.</summary>
internal static class MapPlaces
{
    /// <summary>The places of a value of the graph.</summary>
    /// <param name="network">The network.</param>
    /// <param name="value">Name of a value with rows and columns.</param>
    /// <param name="placement">Where they are to lie.</param>
    public static UnitGrid Of(Network network, string value, MapPlacement placement)
    {
        PlaneLayout map = network.Layout(value)!;
        UnitGrid stretched = UnitGrid.Stretched(map.Height, map.Width, network.Input.Width, network.Input.Height);
        if (placement == MapPlacement.Stretched || network.LayerOf(value) is not { } layer) return stretched;
        if (UnitPlaces.Of(network, layer) is not { } grid || !IsWithin(grid, network.Input)) return stretched;
        return placement == MapPlacement.ReceptiveField ? grid : grid with { FirstX = First(grid.StrideX, grid.Columns, network.Input.Width), FirstY = First(grid.StrideY, grid.Rows, network.Input.Height) };
    }

    private static double First(double stride, int count, int extent) => (extent - (count - 1) * stride) / 2;

    /// <summary>Units that also see the picture as a whole, as behind squeeze and excitation, have fields about its middle, which say nothing of their place: such centres leave the picture.</summary>
    private static bool IsWithin(UnitGrid grid, CnnInput input) =>
        Within(grid.FirstX, grid.StrideX, grid.Columns, input.Width) && Within(grid.FirstY, grid.StrideY, grid.Rows, input.Height);

    private static bool Within(double first, double stride, int count, int extent) => first >= -stride / 2 && first + (count - 1) * stride <= extent + stride / 2;
}
