using System.Management.Automation;
using CnnVis.Engine.Correspondence;
using CnnVis.Engine.Correspondence.Keypoints;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Measures what layers' features know about keypoints.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "CnnKeypoint"), OutputType(typeof(KeypointMeasure))]
public sealed class MeasureCnnKeypointCommand : ModelCommand
{
    private readonly List<string> _paths = [];

    /// <summary>Files of keypoints, with wildcards, or folders of them: tables (.csv, .tsv, .txt), SPair-71k's annotations (.json), Berkeley's of PASCAL VOC (.xml).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty, SupportsWildcards, Alias("FullName")]
    public string[] Path { get; set; } = [];

    /// <summary>What is asked: Transfer, Classification, Prediction; left out, all of them.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty]
    public KeypointTask[] Task { get; set; } = Enum.GetValues<KeypointTask>();

    /// <summary>Layer names or aliases, with wildcards. Left out, it is the last ReLU with at least 12 rows and columns.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(LayerCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>The folder that the pictures lie in. Left out, they are looked for beside the files of keypoints and in the folders above, and there in JPEGImages.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ImagePath { get; set; }

    /// <summary>Most similar objects that are aligned for Transfer, and that make the prior of Prediction.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int Neighbors { get; set; } = 25;

    /// <summary>Of the aligned objects, how many of those with the least deformation the median is taken of.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int Kept { get; set; } = 5;

    /// <summary>Pictures computed at a time.</summary>
    [Parameter, ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Seed of halves, random weights, shuffled names and intervals.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _paths.AddRange(FilePaths.Resolve(this, literal: false, Path, Report));

    /// <inheritdoc/>
    protected override void End()
    {
        Network network = ResolveModel();
        TellPreparation(network, BatchSize);
        var objects = KeypointFiles.Read(_paths, ImagePath is null ? null : FilePaths.Plain(SessionState, ImagePath), Report, Cancellation);
        if (objects.Count == 0) throw new CnnVisException(ErrorIds.NoImages, "There are no objects with keypoints: -Path names no file of them whose pictures are there.", Path);
        var measurement = new KeypointMeasurement(network, LayersOf(network, Layer, null, () => [UnitGrids.Default(network)], "the usual one for places", PlacedLayerSelection.Of), new KeypointOptions
        {
            Tasks = [.. Task.Distinct()],
            Neighbors = Neighbors,
            Kept = Kept,
            BatchSize = BatchSize,
            Seed = Seed,
        });
        var bar = new ProgressBar(this, "Asking about keypoints");
        IReadOnlyList<KeypointMeasure> measures = measurement.Measure(objects, Report, share => bar.Show(share, () => $"{share:P0}"), Cancellation);
        bar.End();
        WriteObject(measures, enumerateCollection: true);
    }
}
