using CnnVis.Engine.Corruptions;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of perturbations.</summary>
public sealed class PerturbationCompleter : EngineNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => Perturbations.Names;
}
