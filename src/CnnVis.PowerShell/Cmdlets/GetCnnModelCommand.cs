using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Lists the networks that CnnVis knows by name.</summary>
[Cmdlet(VerbsCommon.Get, "CnnModel"), OutputType(typeof(CnnModel))]
public sealed class GetCnnModelCommand : CnnVisCommand
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(ModelCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        EngineNatives.Ensure();
        foreach (string name in Name)
        {
            var pattern = new NamePattern(name);
            string[] found = [.. ModelCatalog.Names.Where(pattern.IsMatch)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                Report(new CnnVisException(ErrorIds.ModelNotFound, $"There is no network called '{name}'. CnnVis knows {string.Join(", ", ModelCatalog.Names)}; Import-CnnModel -Path reads a file.", name));
            foreach (string known in found) WriteObject(ModelCatalog.Get(known));
        }
    }
}
