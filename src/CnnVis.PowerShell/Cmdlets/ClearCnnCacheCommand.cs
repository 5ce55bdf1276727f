using System.Management.Automation;
using CnnVis.Engine.Models.Downloads;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Removes downloaded weights from this machine; they are downloaded again when they are used. Other files in the folder stay.</summary>
[Cmdlet(VerbsCommon.Clear, "CnnCache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium), OutputType(typeof(void))]
public sealed class ClearCnnCacheCommand : CnnVisCommand
{
    /// <summary>Names of the networks whose weights go, with wildcards; all if left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        EngineNatives.Ensure();
        foreach (CachedWeights cached in CachedWeights.All().Where(c => Name.Any(n => new NamePattern(n).IsMatch(c.Network))).ToArray())
        {
            Cancellation.ThrowIfCancellationRequested();
            if (!ShouldProcess(cached.Path, $"Remove the weights of {cached.Network}, {cached.Bytes / 1_000_000.0:N1} MB")) continue;
            try
            {
                cached.Remove();
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }
}
