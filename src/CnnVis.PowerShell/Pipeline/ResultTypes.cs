using System.Management.Automation.Runspaces;

namespace CnnVis.PowerShell.Pipeline;

/// <summary>What PowerShell is told of every kind of result when the module is imported.</summary>
public static class ResultTypes
{
    /// <summary>For each type that users hold: who reads its properties (<see cref="ResultAdapter"/>).</summary>
    public static TypeData[] Adapted() => [.. typeof(CnnModel).Assembly.GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.Namespace == nameof(CnnVis) && !typeof(Exception).IsAssignableFrom(t) && !typeof(Attribute).IsAssignableFrom(t))
        .Select(t => new TypeData(t.FullName!) { TypeAdapter = typeof(ResultAdapter) })];
}
