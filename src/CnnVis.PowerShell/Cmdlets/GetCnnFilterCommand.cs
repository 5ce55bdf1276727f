using System.Management.Automation;
using CnnVis.Engine.Filters;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Gets the filters of layers: their weights, what they look like, and how noisy they are.</summary>
[Cmdlet(VerbsCommon.Get, "CnnFilter"), OutputType(typeof(CnnFilterBank))]
public sealed class GetCnnFilterCommand : ModelCommand
{
    /// <summary>Layer names or aliases, with wildcards. Left out, it is the first convolution, the one that looks at the picture itself.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true), Alias("Alias"), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Filter numbers; all of them if left out.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNull, ArgumentCompleter(typeof(ModelCompleter))]
    public override ModelReference Model { get; set; } = ModelReference.Default;

    /// <inheritdoc/>
    protected override void Process()
    {
        Network network = ResolveModel();
        var reader = new FilterReader(network);
        IReadOnlyList<CnnLayer> layers = Layer is null ? [reader.First] : LayerSelection.Of(network, Layer);
        // A wildcard means those of its layers that have filters; a name means that layer.
        bool named = Layer is not null && !Layer.Any(WildcardPattern.ContainsWildcardCharacters);
        foreach (CnnLayer layer in layers)
        {
            Cancellation.ThrowIfCancellationRequested();
            if (!named && !reader.HasFilters(layer)) continue;
            try
            {
                WriteObject(reader.Read(layer, LayerSelection.Channels(layer, Channel), Cancellation));
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }
}
