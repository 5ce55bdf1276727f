using System.Management.Automation;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Shows which parts of pictures a class, or a neuron, depends on.</summary>
[Cmdlet(VerbsCommon.Get, "SaliencyMap", DefaultParameterSetName = PathSet), OutputType(typeof(SaliencyMap))]
public sealed class GetSaliencyMapCommand : ImageCommand
{
    private const int MostReferences = 100;

    private SaliencyAnalysis? _analysis;

    /// <summary>One or several methods by name; Tab lists them. Left out, it is Gradient.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(SaliencyMethodCompleter))]
    public string[] Method { get; set; } = [nameof(Gradient)];

    /// <summary>Classes to explain, by name or index; Predicted is the one that is most probable for the picture. That is the default, unless -Layer names a neuron.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(PredictedClassCompleter))]
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

    /// <summary>The layer whose maps GradCam, GradCamPlusPlus, LayerCam, ScoreCam, GuidedGradCam and ExcitationBackprop combine; image for the picture itself. Left out, it is the last one that still has rows and columns.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(LayerCompleter))]
    public string? MapLayer { get; set; }

    /// <summary>How Map() and pictures take the colours together: Maximum (the largest magnitude), Sum, Mean or Norm. Values stays as it is.</summary>
    [Parameter]
    public SaliencyReduction Reduction { get; set; } = SaliencyReduction.Maximum;

    /// <summary>Steps of IntegratedGradients.</summary>
    [Parameter, ValidateRange(1, 100_000)]
    public int Steps { get; set; } = SaliencyOptions.Default.Steps;

    /// <summary>Noisy copies of SmoothGrad, SmoothGradSquared and VarGrad (50), samples of ExpectedGradients (100), masks of Rise (2000).</summary>
    [Parameter, ValidateRange(1, 10_000_000)]
    public int? Samples { get; set; }

    /// <summary>Noise of SmoothGrad, SmoothGradSquared and VarGrad: its standard deviation over the picture's range.</summary>
    [Parameter, ValidateRange(0.0, 10.0)]
    public double NoiseLevel { get; set; } = SaliencyOptions.Default.NoiseLevel;

    /// <summary>Seed of everything random. The same seed gives the same map.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>What stands for absent pixels: Zero (black), Grey, Mean (the picture's mean colour), Blur, Noise, or a colour as '#808080'. Left out, Zero for IntegratedGradients, and Grey for Rise and ScoreCam.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(FillCompleter))]
    public string[]? Baseline { get; set; }

    /// <summary>Rule of LayerwiseRelevance: Epsilon, AlphaBeta (2 and 1), or Composite.</summary>
    [Parameter]
    public RelevanceRuleKind Rule { get; set; } = SaliencyOptions.Default.Rule;

    /// <summary>Let ExcitationBackprop subtract what speaks for everything else.</summary>
    [Parameter]
    public SwitchParameter Contrastive { get; set; }

    /// <summary>Pictures, or folders of them, that ExpectedGradients compares with; a hundred of them at most are read.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards]
    public string[]? Reference { get; set; }

    /// <summary>Find the object: Box holds it in pixels of the photo, and pictures show it.</summary>
    [Parameter]
    public SwitchParameter Localize { get; set; }

    /// <summary>Let colours decide where the object ends, by a graph cut. Implies -Localize.</summary>
    [Parameter]
    public SwitchParameter GraphCut { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Computing saliency maps";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        if (Layer is null && (Channel is not null || Position is not null))
            throw new CnnVisException(ErrorIds.InvalidArgument, "-Channel and -Position choose neurons of a layer: name it with -Layer.", (object?)Channel ?? Position);
        SaliencyOptions options = Options();
        _analysis = new SaliencyAnalysis(Network, new SaliencyQuery
        {
            Methods = [.. Method.Select(name => SaliencyMethods.Create(name, options))],
            Classes = Class is null && Layer is not null ? [] : ClassSelection.Of(Network, Class ?? [ClassSelection.Predicted]),
            Neurons = Layer is null ? [] : NeuronSelection.Of(Network, Layer, Channel, Position ?? [NeuronSelection.Strongest]),
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
        var maps = _analysis!.Analyze(batch, Cancellation, share =>
            WriteProgress(new ProgressRecord(1, "This batch", $"{share:P0}") { ParentActivityId = 0, PercentComplete = (int)(100 * share) }));
        batch.InOrder(Report, (image, index) => WriteObject(maps[index], enumerateCollection: true));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        base.End();
        WriteProgress(new ProgressRecord(1, "This batch", "done") { RecordType = ProgressRecordType.Completed });
    }

    private SaliencyOptions Options() => new()
    {
        Steps = Steps,
        Samples = Samples,
        NoiseLevel = NoiseLevel,
        Seed = Seed,
        Baseline = Baseline is null ? null : OcclusionFill.Parse(string.Join(' ', Baseline)),
        Rule = Rule,
        Contrastive = Contrastive,
        MapLayer = MapLayer,
        References = Reference is null ? [] : ReferenceImages.Load(References(Reference), Math.Min(Samples ?? MostReferences, MostReferences), Network.Input, Report, Cancellation),
    };

    private string[] References(string[] paths) =>
        [.. FilePaths.Resolve(this, literal: false, paths, Report).SelectMany(path => Directory.Exists(path) ? ImageFiles.In(path, Recurse) : [path])];
}
