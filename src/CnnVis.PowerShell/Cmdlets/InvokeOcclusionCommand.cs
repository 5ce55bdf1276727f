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

    /// <summary>Classes, by name or index; Predicted is the most probable one of the picture as it is.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, ArgumentCompleter(typeof(PredictedClassCompleter))]
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
    protected override void Begin()
    {
        base.Begin();
        if (Channel is not null && Layer is null) throw new CnnVisException(ErrorIds.InvalidArgument, "-Channel names maps of a layer: say with -Layer of which.", Channel);
        if (Target is not null && MyInvocation.BoundParameters.ContainsKey(nameof(Class))) throw new CnnVisException(ErrorIds.InvalidArgument, "-Class explains classes and -Target other numbers: give one of them; class(name) in a target is a class.", Target);
        Network asked = Target is null ? Network : Network.Asking([.. Target.Select(t => t.Target)]);
        _occluder = new Occluder(asked, new OcclusionOptions
        {
            WindowSize = WindowSize,
            Stride = Stride,
            Baseline = Engine.Images.Baseline.Parse(string.Join(' ', Baseline)),
            Classes = Target is not null ? [.. Enumerable.Range(0, Target.Length).Select(i => (int?)i)] : ClassSelection.Of(Network, Class),
            Score = Score,
            Layers = [.. (Layer is null ? [] : LayerSelection.Of(Network, Layer)).SelectMany(l => Channel is null ? [(l, (int?)null)] : LayerSelection.Channels(l, Channel).Select(c => (l, (int?)c)))],
            BatchSize = BatchSize,
            Seed = Seed,
        });
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch) => batch.InOrder(Report, (image, index) =>
    {
        try
        {
            PixelImage photo = SeenPhoto.Load(image.Path, Network.Input);
            var bar = new ProgressBar(this, System.IO.Path.GetFileName(image.Path), id: 1, parent: 0);
            WriteObject(_occluder!.Occlude(image.Path, batch, index, photo, share => bar.Show(share, () => $"{share:P0} of {_occluder!.Grid.Count} positions"), Cancellation), enumerateCollection: true);
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
