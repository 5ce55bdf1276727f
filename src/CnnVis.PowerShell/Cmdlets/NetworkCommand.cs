using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Cmdlets that ask a network: that of -Model, or the one that made what comes down the pipeline. Where the two differ it is an error.</summary>
public abstract class NetworkCommand : CnnVisCommand
{
    private readonly Dictionary<object, Network> _resolved = [];
    private readonly HashSet<object> _explained = new(ReferenceEqualityComparer.Instance);

    /// <summary>A network object, the name of one (its weights are downloaded if need be), or an ONNX file. Left out, it is the network that made what comes down the pipeline, or else that of Set-CnnOption, or resnet224.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true), ModelArgument, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference? Model { get; set; }

    /// <summary>Where to compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <summary>The network of -Model on the command line; null where that was left out.</summary>
    private protected ModelReference? Named { get; private set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        if (!IsGiven(nameof(Model))) return;
        Named = Model ?? throw new CnnVisException(ErrorIds.InvalidArgument, "-Model is $null: give it a network, the name of one, or a file; or leave it out.", null);
    }

    /// <summary>The network to ask about an object of the pipeline; null for none.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.ModelMismatch"/>: -Model names another than the one that made the object, or that is not here.</exception>
    private protected Network NetworkOf(Piped? piped) => Checked(Once(Named ?? piped?.Model, m => m.Resolve(this, Device)), piped);

    /// <summary>The network of -Model.</summary>
    private protected Network ResolveModel() => NetworkOf(null);

    /// <summary>The same for what can be told without weights.</summary>
    private protected Network StructureOf(Piped? piped) => Checked(Once(Named ?? piped?.Model, m => m.ResolveStructure(this, Device)), piped);

    /// <summary>A name or file is looked up once, however many objects tell it.</summary>
    private Network Once(ModelReference? reference, Func<ModelReference, Network> resolve)
    {
        bool piped = reference is not null;
        reference ??= ModelReference.Default;
        if (_resolved.TryGetValue(reference.Key, out Network? known)) return known;
        Network found = _resolved[reference.Key] = Timed($"Getting {reference}", () => resolve(reference));
        if (_explained.Add(found)) Explain(found, Named is not null ? "named by -Model" : piped ? "it made what came down the pipeline" : UserOptions.Current.Model is null ? "the usual one, as -Model is left out" : "that of Set-CnnOption, as -Model is left out");
        return found;
    }

    /// <summary>Says by -Verbose once why that network is asked.</summary>
    private protected virtual void Explain(Network network, string why) => WriteVerbose($"Why {network.Name}: {why}.");

    /// <summary>Says by -Verbose how pictures are prepared, and how many go through the network at a time.</summary>
    private protected void TellPreparation(Network network, int batchSize)
    {
        CnnInput input = network.Input;
        WriteVerbose($"Pictures become {input.Channels} x {input.Height} x {input.Width}: {(input.ResizeMode switch { ResizeMode.Crop => $"shorter side to {input.ResizeTo}, then the centre", ResizeMode.Pad => "longer side to the input's, grey around it", _ => "stretched" })}; of that size they are taken as they are. {batchSize} go through the network at a time.");
    }

    /// <summary>The layers that are looked at, which -Verbose tells with the reason: those of -Layer, else what came down the pipeline is about, else the usual ones.</summary>
    /// <param name="network">The network.</param>
    /// <param name="named">What -Layer says.</param>
    /// <param name="asked">What came down the pipeline asks.</param>
    /// <param name="usual">Without both.</param>
    /// <param name="usualWhy">What the usual ones are, as in "the first ReLU".</param>
    /// <param name="select">How names are understood; as by <see cref="LayerSelection.Of"/> if left out.</param>
    private protected IReadOnlyList<CnnLayer> LayersOf(Network network, string[]? named, string[]? asked, Func<IReadOnlyList<CnnLayer>> usual, string usualWhy, Func<Network, IReadOnlyList<string>, IReadOnlyList<CnnLayer>>? select = null)
    {
        IReadOnlyList<CnnLayer> layers = (named ?? asked) is { } names ? (select ?? LayerSelection.Of)(network, names) : usual();
        TellLayers(layers, named is not null ? "named by -Layer" : asked is not null ? "what came down the pipeline is about" : $"{usualWhy}, as -Layer is left out");
        return layers;
    }

    /// <summary>Says by -Verbose which layers are looked at, and why.</summary>
    private protected void TellLayers(IReadOnlyList<CnnLayer> layers, string why) => WriteVerbose($"{(layers.Count == 1 ? "Layer" : "Layers")} {string.Join(", ", layers.Select(l => l.Alias))}: {why}.");

    /// <summary>What an object is about, as far as it means the same to the network that is asked.</summary>
    private protected CnnQuestion? QuestionOf(Piped? piped, Network network) =>
        piped is { Question: { } question } && (Named is null || piped.Model is null || !piped.IsPicture || piped.Model.Is(network, this)) ? question : null;

    private Network Checked(Network network, Piped? piped)
    {
        // A picture is a picture to every network; whatever else a network gave belongs to it.
        if (Named is null || piped is not { Model: { } own, IsPicture: false } || own.Is(network, this)) return network;
        throw new CnnVisException(ErrorIds.ModelMismatch, $"{Sentence(PipedReader.Kind(piped.Item))} of the network '{own}' came down the pipeline, and -Model names {(own.ToString() == network.Name ? "another network of that name" : $"'{network.Name}'")}. Leave -Model out to ask '{own}'; to ask '{network.Name}', begin with its own results{(piped.HasPicture ? ", or give it the picture's file with -LiteralPath" : "")}.", piped.Item);
    }

    private protected static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
