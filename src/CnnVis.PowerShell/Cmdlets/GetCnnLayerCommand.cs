using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Lists a network's layers.</summary>
[Cmdlet(VerbsCommon.Get, "CnnLayer"), OutputType(typeof(CnnLayer))]
public sealed class GetCnnLayerCommand : ModelCommand
{
    /// <summary>Layer names or aliases, with wildcards. Left out, all; of a result in the pipeline, those that it is about.</summary>
    [Parameter(Position = 0), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (Piped? piped in Items())
        {
            Network network = StructureOf(piped);
            WriteObject(LayerSelection.Of(network, Layer ?? QuestionOf(piped, network)?.Layers() ?? ["*"]), enumerateCollection: true);
        }
    }
}
