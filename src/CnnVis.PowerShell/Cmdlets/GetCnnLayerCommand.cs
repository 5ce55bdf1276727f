using System.Management.Automation;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Lists a network's layers.</summary>
[Cmdlet(VerbsCommon.Get, "CnnLayer"), OutputType(typeof(CnnLayer))]
public sealed class GetCnnLayerCommand : ModelCommand
{
    /// <summary>Layer names or aliases, with wildcards.</summary>
    [Parameter(Position = 0), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[] Layer { get; set; } = ["*"];

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true), ValidateNotNull, ArgumentCompleter(typeof(ModelCompleter))]
    public override ModelReference Model { get; set; } = ModelReference.Default;

    /// <inheritdoc/>
    protected override void Process() => WriteObject(LayerSelection.Of(ResolveStructure(), Layer), enumerateCollection: true);
}
