using System.Management.Automation;
using CnnVis.Engine.Activations;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Gets the activation maps of layers for pictures.</summary>
[Cmdlet(VerbsCommon.Get, "CnnActivation", DefaultParameterSetName = PathSet), OutputType(typeof(CnnActivation))]
public sealed class GetCnnActivationCommand : ImageCommand
{
    private ActivationReader? _reader;

    /// <summary>Layer names or aliases, with wildcards. Left out, it is the first ReLU, where filters can first be seen at work.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Channel numbers; all of them if left out.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Computing activations";

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Layer is null ? question.OfUnits() : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        var layers = LayersOf(Network, Layer, Question?.Layers(), () => [Network.Relus[0]], "the first ReLU, where filters are first seen at work");
        _reader = new ActivationReader(Network, [.. layers.Select(l => (l, LayerSelection.Channels(l, Channel ?? Question?.Channels?.ToArray())))]);
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var activations = _reader!.Read(batch, Cancellation);
        batch.InOrder(Report, (image, index) => WriteObject(activations[index], enumerateCollection: true));
    }
}
