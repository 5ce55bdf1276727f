using CnnVis.Engine.Corruptions;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of corruptions.</summary>
public sealed class CorruptionCompleter : EngineNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => CorruptionMethods.Names;
}
