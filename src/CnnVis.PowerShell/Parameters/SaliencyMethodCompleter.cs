using CnnVis.Engine.Attribution.Saliency;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of saliency methods.</summary>
public sealed class SaliencyMethodCompleter : EngineNameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names => SaliencyMethods.Names;
}
