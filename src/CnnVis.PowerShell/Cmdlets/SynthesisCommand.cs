using System.Management.Automation;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Synthesis;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Cmdlets that make pictures: a bar, and what Ctrl+C leaves.</summary>
public abstract class SynthesisCommand : ModelCommand
{
    private ProgressBar? _bar;

    /// <summary>Pictures computed at a time. More is faster, and takes more memory.</summary>
    [Parameter, ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Seed of everything random. The same seed gives the same pictures.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Name of the variable that gets the pictures as they are when Ctrl+C ends the work: a pipeline that is stopped takes no more objects.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string StoppedVariable { get; set; } = "CnnVisStopped";

    /// <summary>What the progress bar says is being done.</summary>
    protected abstract string Activity { get; }

    /// <summary>The bar.</summary>
    private protected ProgressBar Bar => _bar ??= new ProgressBar(this, Activity);

    /// <summary>Emits pictures.</summary>
    private protected void WriteImages(IReadOnlyList<object> images)
    {
        WriteOrKeep(images, StoppedVariable);
        Bar.End();
    }

    /// <summary>Seeds of so many pictures, counted up from -Seed.</summary>
    private protected int[] Seeds(int count) => [.. Enumerable.Range(0, count).Select(i => unchecked(Seed + i) & int.MaxValue)];

    private protected void ShowProgress(SynthesisProgress progress) => Bar.Show(progress.Share(BatchSize),
        () => $"step {progress.Step} of {progress.Steps}, picture {progress.Picture + 1} of {progress.Pictures}, mean score {progress.Score:G4}");

    /// <summary>The pictures that paths, folders and tar files name.</summary>
    private protected string[] Pictures(string[] paths, bool literal = false, bool recurse = false) =>
        [.. FilePaths.Resolve(this, literal, paths, Report).SelectMany(path => ImageSources.In(path, recurse, Report)).Select(source => source.Path)];

    /// <summary>What a picture begins as: what a word says, or the picture at a path.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">A word of <see cref="StartCompleter"/>, or a path.</param>
    /// <returns>Pixels, [C, H, W]; null for noise, which the pictures' seeds make.</returns>
    private protected float[]? StartOf(Network network, string start) => StartCompleter.Word(start) switch
    {
        StartCompleter.Noise => null,
        StartCompleter.Grey => StartPicture.Grey(network),
        StartCompleter.Mean => StartPicture.Mean(network),
        _ => Load(network, start),
    };

    /// <summary>A picture as the network takes it.</summary>
    private protected float[] Load(Network network, string path) => Load(network, ImageSource.Of(FilePaths.Plain(SessionState, path)));

    /// <inheritdoc cref="Load(Network, string)"/>
    private protected static float[] Load(Network network, ImageSource source)
    {
        float[] pixels = new float[network.Input.Length];
        Preprocessor.Load(source.Located(), network.Input, DecodeOptions.Default, pixels);
        return pixels;
    }
}
