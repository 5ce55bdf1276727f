using System.Management.Automation;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Shows which parts of pictures a class, or a neuron, depends on.</summary>
[Cmdlet(VerbsCommon.Get, "SaliencyMap", DefaultParameterSetName = PathSet), OutputType(typeof(SaliencyMap))]
public sealed class GetSaliencyMapCommand : SaliencyCommand
{
    private SaliencyAnalysis? _analysis;
    private readonly HashSet<string> _told = [];

    /// <summary>Classes to explain, by name, with wildcards, or index; Predicted is the one that is most probable for the picture. That is the default, unless -Layer names a neuron.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(PredictedClassCompleter))]
    public string[]? Class { get; set; }

    /// <summary>What stands for a class: Logit, before the Softmax, or Probability. Left out, it is the method's own: the probability for Rise, the logit for all others.</summary>
    [Parameter]
    public ClassScore? Score { get; set; }

    /// <summary>Explain neurons of these layers, by name or alias, with wildcards.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Channels of the neurons, a map each. Left out, it is the channel with the largest value.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <summary>Row and column of the neurons in their map, as 3, 4; or Strongest, where the channel is largest, which is the default.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[]? Position { get; set; }

    /// <summary>Other numbers of the network, in the place of a class: an element of an output or layer as 'boxes[17,4]', the mean or sum of a region as 'mean(out[:,3])', a class's pixels of a segmentation as 'class(cat)[0:8,4:12]' or 'class(cat, predicted)', and weighted sums of such as 'a[0] - 0.5*b[1]'; or objects that CnnTarget makes. One result each, from one pass.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(TargetCompleter))]
    public TargetReference[]? Target { get; set; }

    /// <summary>How Map() and pictures take the colours together: Maximum (the largest magnitude), Sum, Mean or Norm. Values stays as it is.</summary>
    [Parameter]
    public SaliencyReduction Reduction { get; set; } = SaliencyReduction.Maximum;

    /// <summary>Find the object: Box holds it in pixels of the photo, and pictures show it.</summary>
    [Parameter]
    public SwitchParameter Localize { get; set; }

    /// <summary>Let colours decide where the object ends, by a graph cut. Implies -Localize.</summary>
    [Parameter]
    public SwitchParameter GraphCut { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Computing saliency maps";

    /// <inheritdoc/>
    private protected override void Check()
    {
        if (Layer is null && !MyInvocation.ExpectingInput && (Channel is not null || Position is not null))
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Channel and -Position choose neurons of a layer: name it with -Layer.", (object?)Channel ?? Position);
        if (Target is not null && Class is not null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Class explains classes and -Target other numbers: give one of them; class(name) in a target is a class.", Target);
    }

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => Class is null && Layer is null && Target is null ? question.OfScore(isPicture) : null;

    /// <inheritdoc/>
    private protected override void Start()
    {
        string[]? classes = Class ?? Question?.Classes(), layers = Layer ?? Question?.Layers();
        CnnTarget[]? targets = Target?.Select(t => t.Target).ToArray() ?? Question?.Targets();
        Network asked = targets is null ? Network : Network.Asking(targets);
        _analysis = new SaliencyAnalysis(asked, new SaliencyQuery
        {
            Methods = Methods(),
            Classes = targets is not null ? [.. Enumerable.Range(0, targets.Length).Select(i => (int?)i)] : classes is null && layers is not null ? [] : ClassSelection.Of(Network, classes ?? [ClassSelection.Predicted]),
            Neurons = layers is null ? [] : NeuronSelection.Of(Network, layers, Channel ?? Question?.Channels?.ToArray(), Position ?? Question?.Position() ?? [NeuronSelection.Strongest]),
            Score = Score,
            Reduction = Reduction,
            Localize = Localize || GraphCut,
            GraphCut = GraphCut,
            BatchSize = BatchSize,
        });
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var maps = _analysis!.Analyze(batch, ShowShare, Cancellation);
        batch.InOrder(Report, (image, index) =>
        {
            foreach (SaliencyMap map in maps[index])
            {
                if (map.Remark is { } remark) WriteWarning($"{System.IO.Path.GetFileName(map.Path)}, {map.Method} of {map.Target}: {remark}.");
                if (map.TargetLayer is { } combined && _told.Add(combined)) WriteVerbose($"Maps combined: those of {combined}{(TargetLayer is null ? ", the last layer with rows and columns below what is explained, as -TargetLayer is left out" : "")}.");
                WriteObject(map);
            }
        });
    }
}
