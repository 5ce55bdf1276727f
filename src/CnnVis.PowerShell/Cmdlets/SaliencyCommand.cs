using System.Management.Automation;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Cmdlets that make saliency maps: the methods, and what these can be told.</summary>
public abstract class SaliencyCommand : ImageCommand
{
    private const int MostReferences = 100;

    /// <summary>One or several methods by name; Tab lists them. Center is a control that asks the network nothing. Left out, it is Gradient.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(SaliencyMethodCompleter))]
    public string[] Method { get; set; } = [nameof(Gradient)];

    /// <summary>The layer whose maps GradCam, GradCamPlusPlus, LayerCam, ScoreCam, GuidedGradCam and ExcitationBackprop combine; image for the picture itself. Left out, it is the last one that still has rows and columns.</summary>
    [Parameter, Alias("MapLayer"), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(LayerCompleter))]
    public string? TargetLayer { get; set; }

    /// <summary>Where the places of a layer's map lie in the picture: Centered, as far apart as the units' receptive fields with the map's middle in the picture's, the default; ReceptiveField, at the centres of these by the arithmetic of strides and padding; or Stretched, from edge to edge as papers enlarge maps. Between them maps are interpolated bilinearly, in pictures and for metrics alike; Values stay as they are.</summary>
    [Parameter]
    public MapPlacement Placement { get; set; }

    /// <summary>Steps of IntegratedGradients. Left out, there are 50, and up to 450 where the sum of the map is more than 2 % off.</summary>
    [Parameter, ValidateRange(1, 100_000)]
    public int? Steps { get; set; }

    /// <summary>Noisy copies of SmoothGrad, SmoothGradSquared and VarGrad (50), samples of ExpectedGradients (100), masks of Rise (2000).</summary>
    [Parameter, ValidateRange(1, 10_000_000)]
    public int? Samples { get; set; }

    /// <summary>Noise of SmoothGrad, SmoothGradSquared and VarGrad: its standard deviation over the picture's range.</summary>
    [Parameter, ValidateRange(0.0, 10.0)]
    public double NoiseLevel { get; set; } = SaliencyOptions.Default.NoiseLevel;

    /// <summary>What stands for absent pixels: Zero (black), Grey, Mean (the picture's mean colour), Blur, Noise, or a colour as '#808080'. Left out, Zero for IntegratedGradients and for the metric Completeness, and Grey for Rise and ScoreCam.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(BaselineCompleter))]
    public string[]? Baseline { get; set; }

    /// <summary>Rule of LayerwiseRelevance: Epsilon, ZPlus, AlphaBeta (2 and 1) or Flat everywhere, or Composite: Epsilon in fully connected layers, ZPlus in convolutions, Flat in the first.</summary>
    [Parameter]
    public RelevanceRuleKind Rule { get; set; } = SaliencyOptions.Default.Rule;

    /// <summary>Let ExcitationBackprop subtract what speaks for everything else.</summary>
    [Parameter]
    public SwitchParameter Contrastive { get; set; }

    /// <summary>Pictures, or folders of them, that ExpectedGradients compares with; a hundred of them at most are read.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards]
    public string[]? Reference { get; set; }

    /// <summary>Seed of everything random. The same seed gives the same result.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>The methods asked for, told what they can be told.</summary>
    /// <param name="names">Their names; null for -Method.</param>
    /// <param name="layer">The layer whose maps they combine; null for -TargetLayer.</param>
    private protected ISaliencyMethod[] Methods(string[]? names = null, string? layer = null)
    {
        SaliencyOptions options = Options() with { TargetLayer = layer ?? TargetLayer };
        return [.. (names ?? Method).Select(name => SaliencyMethods.Create(name, options))];
    }

    /// <summary>A baseline as the parameters take it; null where it is left out.</summary>
    private protected static Baseline? BaselineOf(string[]? text) => text is null ? null : Engine.Images.Baseline.Parse(string.Join(' ', text));

    private SaliencyOptions Options() => new()
    {
        Steps = Steps,
        Samples = Samples,
        NoiseLevel = NoiseLevel,
        Seed = Seed,
        Baseline = BaselineOf(Baseline),
        Rule = Rule,
        Contrastive = Contrastive,
        TargetLayer = TargetLayer,
        Placement = Placement,
        References = Reference is null ? [] : ReferenceImages.Load(References(Reference), Math.Min(Samples ?? MostReferences, MostReferences), Network.Input, Report, Cancellation),
    };

    private string[] References(string[] paths) =>
        [.. FilePaths.Resolve(this, literal: false, paths, Report).SelectMany(path => ImageSources.In(path, Recurse, Report)).Select(source => source.Path)];
}
