using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Catalog;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Brings weights of networks to this machine ahead of their use, for a journey or a node without a network.</summary>
[Cmdlet(VerbsData.Save, "CnnModel", SupportsShouldProcess = true), OutputType(typeof(CnnModel))]
public sealed class SaveCnnModelCommand : CnnVisCommand
{
    /// <summary>Names of networks whose weights are published, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Emit the networks, as Get-CnnModel lists them.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        EngineNatives.Ensure();
        foreach (string name in Name)
        {
            var pattern = new NamePattern(name);
            string[] found = [.. ModelCatalog.Names.Where(pattern.IsMatch)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) Report(ModelCatalog.NotFound(name));
            foreach (string known in found)
            {
                Cancellation.ThrowIfCancellationRequested();
                try
                {
                    Bring(known, isNamed: found.Length == 1);
                }
                catch (CnnVisException error)
                {
                    Report(error);
                }
            }
        }
    }

    private void Bring(string name, bool isNamed)
    {
        if (NetworkCatalog.Find(name) is { } entry)
        {
            if (CatalogModel.FindWeights(entry) is not { } file)
            {
                // Of many, those without are nobody's concern.
                if (isNamed) throw new CnnVisException(ErrorIds.InvalidArgument, $"No weights of {name} are published. Import-CnnModel {name} -WeightPath takes them from a file.", name);
                return;
            }
            if (!ShouldProcess(file.LocalPath, file.IsCached ? "Check the file" : $"Download {file.PublicAddress}")) return;
            WriteVerbose($"{name} is in '{Fetch(file)}'.");
        }
        if (PassThru) WriteObject(ModelCatalog.Describe(name));
    }
}
