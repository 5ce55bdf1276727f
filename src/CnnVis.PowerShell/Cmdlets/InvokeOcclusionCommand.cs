using System.Management.Automation;
using CnnVis.Engine.Attribution.Occlusion;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Targets;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Slides an occluder over pictures and records what a network says.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Occlusion", DefaultParameterSetName = PathSet), OutputType(typeof(OcclusionMap))]
public sealed class InvokeOcclusionCommand : ImageCommand
{
    private Occluder? _occluder;

    /// <summary>Classes, by name, with wildcards, or index; Predicted is the most probable one of the picture as it is.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(PredictedClassCompleter))]
    public string[] Class { get; set; } = [ClassSelection.Predicted];

    /// <summary>Other numbers of the network, in the place of a class: an element of an output or layer as 'boxes[17,4]', the mean or sum of a region as 'mean(out[:,3])', a class's pixels of a segmentation as 'class(cat)[0:8,4:12]' or 'class(cat, predicted)', and weighted sums of such as 'a[0] - 0.5*b[1]'; or objects that CnnTarget makes. One result each, from one pass.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(TargetCompleter))]
    public TargetReference[]? Target { get; set; }

    /// <summary>Side of the occluder, or its rows and columns: pixels of the network's input, or below 1 a fraction of its side.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateCount(1, 2)]
    public double[] WindowSize { get; set; } = [0.25];

    /// <summary>Pixels from one position to the next, or a fraction likewise; at most the window. Left out, it is a quarter of the window.</summary>
    [Parameter, ValidateNotNullOrEmpty, ValidateCount(1, 2)]
    public double[]? Stride { get; set; }

    /// <summary>Compute a coarse grid of positions first, at most a window apart, and the ones between only where scores that are known move by this much or more; the rest is interpolated. In the score's own unit: of 1 for probabilities. 0 computes all positions.</summary>
    [Parameter, ValidateRange(0, double.MaxValue)]
    public double? Refine { get; set; }

    /// <summary>What the occluder shows: Zero (black), Grey, Mean (the picture's mean colour), Blur, Noise, or a colour as #rrggbb or as red, green and blue from 0 to 1.</summary>
    [Parameter, Alias("Fill"), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(BaselineCompleter))]
    public string[] Baseline { get; set; } = ["Grey"];

    /// <summary>Which number stands for a class: Probability, or Logit, the value before the Softmax.</summary>
    [Parameter]
    public ClassScore Score { get; set; }

    /// <summary>Layers whose maps are summed at each position, by name or alias, with wildcards.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>Numbers of the maps of -Layer. Left out, it is the map with the largest sum for the picture as it is.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <summary>Seed of the noise that -Baseline Noise shows.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Occluding pictures";

    /// <inheritdoc/>
    private protected override void Check()
    {
        if (Channel is not null && Layer is null && !MyInvocation.ExpectingInput) throw new CnnVisException(ErrorIds.InvalidArgument, "-Channel names maps of a layer: say with -Layer of which.", Channel);
        if (Target is not null && IsGiven(nameof(Class))) throw new CnnVisException(ErrorIds.InvalidArgument, "-Class explains classes and -Target other numbers: give one of them; class(name) in a target is a class.", Target);
    }

    /// <inheritdoc/>
    private protected override CnnQuestion? Asked(CnnQuestion question, bool isPicture) => question.OfScore(isPicture) switch
    {
        { Layer: not null } units => Layer is null ? units : null,
        var score => IsGiven(nameof(Class)) || Target is not null ? null : score,
    };

    /// <inheritdoc/>
    private protected override void Start()
    {
        string[]? layers = Layer ?? Question?.Layers();
        CnnTarget[]? targets = Target?.Select(t => t.Target).ToArray() ?? Question?.Targets();
        int[]? channels = Channel ?? (Layer is null ? Question?.Channels?.ToArray() : null);
        Network asked = targets is null ? Network : Network.Asking(targets);
        _occluder?.Dispose();
        _occluder = new Occluder(asked, new OcclusionOptions
        {
            WindowSize = WindowSize,
            Stride = Stride,
            Baseline = Engine.Images.Baseline.Parse(string.Join(' ', Baseline)),
            Classes = targets is not null ? [.. Enumerable.Range(0, targets.Length).Select(i => (int?)i)] : ClassSelection.Of(Network, Question?.Classes() ?? Class),
            Score = Score,
            Refine = Refine,
            Layers = [.. (layers is null ? [] : LayerSelection.Of(Network, layers)).SelectMany(l => channels is null ? [(l, (int?)null)] : LayerSelection.Channels(l, channels).Select(c => (l, (int?)c)))],
            BatchSize = BatchSize,
            Seed = Seed,
        });
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => batch.InOrder(Report, (image, index) =>
    {
        try
        {
            PixelImage photo = SeenPhoto.Load(image.Source, Network.Input);
            var bar = new ProgressBar(this, System.IO.Path.GetFileName(image.Path), id: 1, parent: 0);
            WriteObject(_occluder!.Occlude(image.Source, batch, index, photo, share => bar.Show(share, () => $"{share:P0} of {_occluder!.Grid.Count} positions"), Cancellation), enumerateCollection: true);
            bar.End();
        }
        catch (CnnVisException error) when (error.ErrorId is ErrorIds.ImageUnreadable or ErrorIds.PathNotFound)
        {
            Report(error);
        }
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _occluder?.Dispose();
        base.Dispose(disposing);
    }
}
