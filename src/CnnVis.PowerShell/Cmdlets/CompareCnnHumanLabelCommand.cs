using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CnnVis.Engine.Humans;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tables;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Compares what people and networks answered to the same pictures.</summary>
[Cmdlet(VerbsData.Compare, "CnnHumanLabel", DefaultParameterSetName = PathSet), OutputType(typeof(HumanComparison))]
public sealed class CompareCnnHumanLabelCommand : CnnVisCommand
{
    private const string PathSet = "Path", LiteralPathSet = "LiteralPath";

    private readonly List<CnnModel> _asked = [];
    private AnswerCollection? _answers;

    /// <summary>Files of answers, or folders of such: what a labeling page exports (json), tables (csv, tsv), trials of model-vs-human. With wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet), ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files of answers, no character of theirs special.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty, Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What Get-CnnPrediction gives, files of answers as Get-ChildItem gives them, or objects with the properties Labeler, Image and Answer, and as they have them Truth, Seconds, Condition, Experiment, Training and Kind.</summary>
    [Parameter(ValueFromPipeline = true), AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Networks to ask about the pictures that people answered, or, where nobody did, about those of -ImagePath.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference[] Model { get; set; } = [];

    /// <summary>Where the pictures are: files, folders with their subfolders, or tar files. They are needed for -Model and for sheets.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] ImagePath { get; set; } = [];

    /// <summary>A table of what each picture shows, with the columns file and class; it overrules what the answers' files say.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>Pictures show what the folder that they lie in is called, where nothing else says what they show.</summary>
    [Parameter]
    public SwitchParameter LabelFromFolder { get; set; }

    /// <summary>A table of all labels that are acceptable for each picture, with the columns file and class, a row a label.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? AcceptablePath { get; set; }

    /// <summary>A table of the categories that networks' classes belong to, with the columns class and category, where people chose among categories. A category's probability is the mean of its classes'.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? CategoryPath { get; set; }

    /// <summary>Guesses of which one has to be right, in pairs and sheets. Left out, it is as many as every labeler was allowed, five at most.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? Top { get; set; }

    /// <summary>Labelers that stand for people, with wildcards, whatever the files say: a network may take a person's place.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] Human { get; set; } = [];

    /// <summary>Labelers that stand for networks, with wildcards, whatever the files say.</summary>
    [Parameter, ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] Network { get; set; } = [];

    /// <summary>Draws of the bootstrap.</summary>
    [Parameter, ValidateRange(100, 1_000_000)]
    public int Samples { get; set; } = new ComparisonOptions().Samples;

    /// <summary>Of the draws.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Take the files of subfolders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Where networks compute: cpu, cuda, cuda:n or mps.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = UserOptions.Current.Device ?? "cpu";

    /// <summary>Pictures that networks compute at a time.</summary>
    [Parameter, ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 16;

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        _answers = new AnswerCollection
        {
            Labels = Table(LabelPath),
            Acceptable = Table(AcceptablePath),
            Finder = ImagePath.Length == 0 ? null : new PictureFinder(FilePaths.Resolve(this, literal: false, ImagePath, Report), Report),
            LabelFromFolder = LabelFromFolder,
        };
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (string path in FilePaths.Resolve(this, isLiteral, isLiteral ? LiteralPath : Path, Report)) AddPath(path);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (InputObject is null) return;
        switch (InputObject.BaseObject)
        {
            case CnnPrediction prediction: _answers!.Add(prediction); break;
            case LabelerAnswer answer: _answers!.Add(answer); break;
            case FileSystemInfo file: AddPath(file.FullName); break;
            case string path:
                foreach (string found in FilePaths.Resolve(this, literal: false, [path], Report)) AddPath(found);
                break;
            default: AddObject(InputObject); break;
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        Ask();
        if (_answers!.IsEmpty) throw new CnnVisException(ErrorIds.InvalidArgument, "There are no answers to compare: name files of answers, pipe what Get-CnnPrediction gives, or name networks with -Model and pictures with -ImagePath.");
        var options = new ComparisonOptions { Top = Top, Samples = Samples, Seed = Seed, Files = PictureFiles.Instance };
        NamePattern[] people = [.. Human.Select(h => new NamePattern(h))], networks = [.. Network.Select(n => new NamePattern(n))];
        LabelerKind? Kind(string name) => people.Any(p => p.IsMatch(name)) ? LabelerKind.Person : networks.Any(p => p.IsMatch(name)) ? LabelerKind.Network : null;
        foreach (var (experiment, answers, tags) in _answers.Studies(Report, Kind))
        {
            try
            {
                HumanComparison comparison = LabelerComparison.Compare(experiment, answers, tags, options, Cancellation);
                foreach (string note in comparison.Notes) WriteWarning(note);
                WriteObject(comparison);
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }

    private LabelTable? Table(string? path) => path is null ? null : LabelTable.Read(FilePaths.Plain(SessionState, path));

    private void AddPath(string path)
    {
        try
        {
            foreach (string file in AnswerFiles.In(path, Recurse)) AddFile(file);
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }

    private void AddFile(string file)
    {
        try
        {
            _answers!.AddFile(file, Report);
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }

    private void AddObject(PSObject item)
    {
        string? Text(params string[] names) => names.Select(n => Value(n)).FirstOrDefault(v => v is not null) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
        object? Value(string name) => item.Properties[name]?.Value is PSObject { BaseObject: var inner } ? inner : item.Properties[name]?.Value;
        object? given = Value("Answers") ?? Value("Answer") ?? Value("Guesses");
        if (Text("Image", "Path") is not { Length: > 0 } image || Text("Labeler", "Model") is not { Length: > 0 } labeler || given is null)
        {
            Report(new CnnVisException(ErrorIds.InvalidArgument, $"A {item.BaseObject.GetType().Name} is no answer: it needs the properties Labeler, Image and Answer. Compare-CnnHumanLabel also takes what Get-CnnPrediction gives, and files of answers.", item));
            return;
        }
        try
        {
            _answers!.Add(new LabelerAnswer
            {
                Labeler = labeler,
                Kind = Text("Kind") is { } kind ? Enum.Parse<LabelerKind>(kind, ignoreCase: true) : null,
                Image = image,
                Path = Text("Path"),
                Experiment = Text("Experiment") ?? "",
                Condition = Text("Condition") ?? "",
                Truth = Text("Truth", "Label"),
                Acceptable = List(Value("Acceptable")),
                Answers = List(given),
                Seconds = Text("Seconds") is { } seconds ? double.Parse(seconds, CultureInfo.InvariantCulture) : null,
                IsTraining = LanguagePrimitives.IsTrue(Value("Training") ?? Value("IsTraining")),
            });
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            Report(new CnnVisException(ErrorIds.InvalidArgument, $"The answer of {labeler} to '{image}' cannot be read: {error.Message}", item, error));
        }

        static string[] List(object? value) => value switch
        {
            null => [],
            string text => text.Split(['|', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            IEnumerable items => [.. items.Cast<object?>().Select(i => Convert.ToString(i is PSObject p ? p.BaseObject : i, CultureInfo.InvariantCulture)).OfType<string>().Where(t => t.Length > 0)],
            _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
        };
    }

    /// <summary>Asks the networks of -Model.</summary>
    private void Ask()
    {
        if (Model.Length == 0) return;
        (string Image, string? Path)[] answered = _answers!.IsEmpty
            ? [.. FilePaths.Resolve(this, literal: false, ImagePath, _ => { }).SelectMany(p => ImageSources.In(p, recurse: true, Report)).Select(s => (s.Path, (string?)s.Path))]
            : [.. _answers.Pictures];
        (string Image, string Path)[] known = [.. answered.Where(p => p.Path is not null).Select(p => (p.Image, p.Path!))];
        if (known.Length == 0)
            throw new CnnVisException(ErrorIds.NoImages, answered.Length == 0 ? "There are no pictures to show to networks: say where they are with -ImagePath." : $"None of the {answered.Length} pictures that were answered, as '{answered[0].Image}', is found: say with -ImagePath where they are.");
        if (known.Length < answered.Length) WriteWarning($"{answered.Length - known.Length} of {answered.Length} pictures are not found by -ImagePath, or several files have their name, so that networks are not asked about them.");
        CategoryMap? categories = CategoryPath is null ? null : CategoryMap.Read(FilePaths.Plain(SessionState, CategoryPath), Report);
        foreach (ModelReference reference in Model)
        {
            Network network = reference.Resolve(this, Device);
            if (_asked.Exists(m => m.Name == network.Name)) throw new CnnVisException(ErrorIds.InvalidArgument, $"Two networks are called {network.Name}: give one another name, so that their answers can be told apart.", network);
            _asked.Add(network);
            var bar = new ProgressBar(this, $"Asking {network.Name}");
            NetworkAnswers.Add(_answers, network, known, categories, BatchSize, Report, done => bar.Show((double)done / known.Length, () => $"{done} of {known.Length} pictures"), Cancellation);
            bar.End();
        }
    }
}
