using System.Management.Automation;
using CnnVis.Engine.Humans.Labeling;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tables;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Makes a page in which a person labels pictures as networks do.</summary>
[Cmdlet(VerbsCommon.New, "CnnLabelingTask", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class NewCnnLabelingTaskCommand : PathCommand
{
    private const double Megabyte = 1e6;

    private readonly List<ImageSource> _sources = [];

    /// <summary>The page to write. Left out, it is labeling-task.html in the current folder.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty]
    public string OutFile { get; set; } = "labeling-task.html";

    /// <summary>Pictures that count, chosen by -Seed.</summary>
    [Parameter, ValidateRange(1, 10_000)]
    public int Count { get; set; } = 100;

    /// <summary>Pictures of the training round before, after each of which the answer is shown. They are never counted.</summary>
    [Parameter, ValidateRange(0, 10_000)]
    public int TrainingCount { get; set; } = 10;

    /// <summary>Guesses a picture.</summary>
    [Parameter, ValidateRange(1, 20)]
    public int Guess { get; set; } = 5;

    /// <summary>Networks whose answers can be shown after answering, and are exported too; their classes are what one chooses among. Left out, the classes are what the pictures show.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference[] Model { get; set; } = [];

    /// <summary>Pictures that stand as examples beside the classes: folders called after the classes, as those of a training set. Left out, they are the pictures of -Path that the task does not use.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] ExamplePath { get; set; } = [];

    /// <summary>Examples a class, at most.</summary>
    [Parameter, ValidateRange(0, 100)]
    public int ExampleCount { get; set; } = 13;

    /// <summary>Order of the classes: Hierarchy (by -HierarchyPath, else clustered by codes of the examples, so that similar classes are neighbours), or Alphabetical.</summary>
    [Parameter]
    public ClassListOrder Order { get; set; } = ClassListOrder.Hierarchy;

    /// <summary>A table of a tree of classes, as WordNet's: the columns class and parent, a row a node, or class and path (animal/dog/hound).</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? HierarchyPath { get; set; }

    /// <summary>A table of what each picture shows, with the columns file and class. Left out, pictures show what the folder that they lie in is called.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>A table of what folders' names mean where they are no class names, as ImageNet's: the columns wnid (or folder) and name (or class).</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? NamePath { get; set; }

    /// <summary>A table of all labels that are acceptable for each picture, with the columns file and class, a row a label.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? AcceptablePath { get; set; }

    /// <summary>Title of the page, by which exported answers belong together.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Labeling task";

    /// <summary>What errors may be tagged as. Left out, it is the types of Russakovsky et al. 2014.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[]? ErrorType { get; set; }

    /// <summary>Longest side of a picture in the page, in pixels; smaller pictures stay as they are.</summary>
    [Parameter, ValidateRange(32, 4096)]
    public int PictureSize { get; set; } = 500;

    /// <summary>Side of an example, in pixels.</summary>
    [Parameter, ValidateRange(16, 512)]
    public int ThumbnailSize { get; set; } = 64;

    /// <summary>Largest size of the page, in megabytes. Examples lose quality, and then number, until it is kept.</summary>
    [Parameter, ValidateRange(0.5, 1000.0)]
    public double MaximumSize { get; set; } = 25;

    /// <summary>Of the choice of pictures and examples.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Take the pictures of subfolders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Where networks compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <summary>Replace a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        if (System.IO.Path.GetExtension(OutFile).ToLowerInvariant() is not (".html" or ".htm")) throw new CnnVisException(ErrorIds.InvalidArgument, $"'{OutFile}' is to hold a page: end its name in .html.", OutFile);
        string file = FilePaths.Plain(SessionState, OutFile);
        if (File.Exists(file) && !Force) throw new CnnVisException(ErrorIds.FileExists, $"'{file}' exists already. Choose another name with -OutFile, or replace it with -Force.", file); // told before anything is computed
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string path in ResolvePaths()) _sources.AddRange(ImageSources.In(path, Recurse, Report));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_sources.Count == 0) return; // which was told
        FolderNames names = FolderNames.Read(NamePath is null ? null : FilePaths.Plain(SessionState, NamePath), Report);
        Func<string, string?> labels = LabelPath is null ? names.Of : LabelTable.Read(FilePaths.Plain(SessionState, LabelPath)).Find;
        List<(string, string)> pictures = [];
        foreach (ImageSource source in _sources)
        {
            if (labels(source.Path) is { } label) pictures.Add((source.Path, label));
            else Report(new CnnVisException(ErrorIds.ClassNotFound, $"'{LabelPath}' does not say which class '{source.Path}' shows: it is left out.", source.Path));
        }
        Network[] networks = [.. Model.Select(m => m.Resolve(this, Device))];
        var request = new LabelingRequest
        {
            Title = Title,
            Pictures = pictures,
            Examples = ExamplePath.Length == 0 ? pictures : [.. Examples(names)],
            Networks = networks,
            Coder = Order == ClassListOrder.Alphabetical || HierarchyPath is not null ? null : networks is [var first, ..] ? first : ModelReference.Default.Resolve(this, Device),
            Tree = HierarchyPath is null || Order == ClassListOrder.Alphabetical ? null : ClassTree.Read(FilePaths.Plain(SessionState, HierarchyPath), Report),
            Acceptable = AcceptablePath is null ? null : LabelTable.Read(FilePaths.Plain(SessionState, AcceptablePath)),
            Count = Count,
            TrainingCount = TrainingCount,
            Guesses = Guess,
            ExamplesPerClass = ExampleCount,
            ThumbnailSide = ThumbnailSize,
            PictureSide = PictureSize,
            MaximumBytes = (long)(MaximumSize * Megabyte),
            ErrorTypes = ErrorType ?? LabelingRequest.DefaultErrorTypes,
            Seed = Seed,
        };
        var bar = new ProgressBar(this, "Making a labeling task");
        IReadOnlyList<string> notes = [];
        string? file = new OutputFiles(this, "choose another name").Write(OutFile, $"Write a labeling task of {Count} pictures", Force,
            stream => notes = LabelingTask.Write(request, stream, Report, (share, status) => bar.Show(share, () => status), Cancellation));
        bar.End();
        foreach (string note in notes) WriteWarning(note);
        if (file is not null) WriteFile(file);
    }

    private IEnumerable<(string, string)> Examples(FolderNames names) => FilePaths.Resolve(this, literal: false, ExamplePath, Report).SelectMany(p => ImageSources.In(p, recurse: true, Report))
        .Select(s => (s.Path, Label: names.Of(s.Path))).Where(s => s.Label is not null).Select(s => (s.Path, s.Label!));
}
