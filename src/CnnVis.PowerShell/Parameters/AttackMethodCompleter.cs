using CnnVis.Engine.Adversarial;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of attacks.</summary>
public sealed class AttackMethodCompleter : EngineNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => AttackMethods.Names;
}
