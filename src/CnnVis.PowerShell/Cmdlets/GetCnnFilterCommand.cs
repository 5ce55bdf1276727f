using System.Management.Automation;
using CnnVis.Engine.Filters;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Gets the filters of layers: their weights, what they look like, and how noisy they are.</summary>
[Cmdlet(VerbsCommon.Get, "CnnFilter"), OutputType(typeof(CnnFilterBank))]
public sealed class GetCnnFilterCommand : ModelCommand
{
    /// <summary>Layer names or aliases, with wildcards. Left out, it is the first convolution, the one that looks at the picture itself; of a result in the pipeline, the layer that it is about, or the one that feeds it.</summary>
    [Parameter(Position = 0), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Filter numbers; all of them if left out.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (Piped? piped in Items()) Process(piped);
    }

    private void Process(Piped? piped)
    {
        Network network = NetworkOf(piped);
        CnnQuestion? question = Layer is null ? QuestionOf(piped, network)?.OfUnits() : null;
        var reader = new FilterReader(network);
        IReadOnlyList<CnnLayer> layers = LayersOf(network, Layer, question?.Layers(), () => [reader.First], "the first with filters", (n, names) => Layer is null ? [.. names.Select(name => reader.Behind(n.Layer(name)))] : LayerSelection.Of(n, names));
        // A wildcard means those of its layers that have filters; a name means that layer.
        bool named = Layer is null || !Layer.Any(WildcardPattern.ContainsWildcardCharacters);
        foreach (CnnLayer layer in layers)
        {
            Cancellation.ThrowIfCancellationRequested();
            if (!named && !reader.HasFilters(layer)) continue;
            try
            {
                WriteObject(reader.Read(layer, LayerSelection.Channels(layer, Channel ?? question?.Channels?.ToArray()), Cancellation));
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }
}
