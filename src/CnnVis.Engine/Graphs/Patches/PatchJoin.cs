namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Patches where branches join.</summary>
internal static class PatchJoin
{
    /// <summary>The smallest patches that hold those of all inputs.</summary>
    public static PatchMap Of(string value, PatchMap[] inputs, int channels)
    {
        AxisRegions rows = inputs.Select(m => m.Rows).Aggregate(AxisRegions.Union), columns = inputs.Select(m => m.Columns).Aggregate(AxisRegions.Union);
        (rows, columns) = AxisRegions.Grouped(rows, columns, PatchCost.Memory(channels * (inputs.Length + 2)), PatchCost.Call);
        return new PatchMap(value, channels, rows, columns);
    }
}
