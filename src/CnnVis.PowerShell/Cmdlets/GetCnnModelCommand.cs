using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Lists the networks that CnnVis knows by name: bundled, downloaded before, to be downloaded, and those whose weights come from a file.</summary>
[Cmdlet(VerbsCommon.Get, "CnnModel"), OutputType(typeof(CnnModel))]
public sealed class GetCnnModelCommand : CnnVisCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only networks that stand so: Bundled, Cached (their weights are on this machine), Downloadable, or Architecture (their weights come from a file).</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateSet(nameof(ModelStatus.Bundled), nameof(ModelStatus.Cached), nameof(ModelStatus.Downloadable), nameof(ModelStatus.Architecture))]
    public ModelStatus[]? Status { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        EngineNatives.Ensure();
        foreach (string name in Name)
        {
            var pattern = new NamePattern(name);
            string[] found = [.. ModelCatalog.Names.Where(pattern.IsMatch)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) Report(ModelCatalog.NotFound(name));
            foreach (string known in found.Where(n => Status is null || Status.Contains(ModelCatalog.StatusOf(n)))) WriteObject(ModelCatalog.Describe(known));
        }
    }
}
