using System.Globalization;
using CnnVis.Engine.Images;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Humans;

/// <summary>Gathers answers from files, networks and the pipeline, and puts them together study by study, each with what its picture shows.</summary>
public sealed class AnswerCollection
{
    private readonly List<LabelerAnswer> _answers = [];
    private readonly List<ErrorTag> _tags = [];
    private readonly Dictionary<int, string> _classes = [];

    /// <summary>A table of what pictures show, which overrules what files of answers say; null for none.</summary>
    public LabelTable? Labels { get; init; }

    /// <summary>A table of all labels that are right for a picture, a row a label; null for none.</summary>
    public LabelTable? Acceptable { get; init; }

    /// <summary>Finds the files of pictures; null where nobody said where they are.</summary>
    public PictureFinder? Finder { get; init; }

    /// <summary>Whether pictures about which nothing else is known show what their folder is called.</summary>
    public bool LabelFromFolder { get; init; }

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _answers.Count == 0;

    /// <summary>The pictures that were answered, with their files where these are known, each once.</summary>
    public IReadOnlyList<(string Image, string? Path)> Pictures
    {
        get
        {
            ImageNames names = new(_answers.Select(a => a.Image));
            return [.. _answers.Where(a => !a.IsTraining).GroupBy(a => names[a.Image], StringComparer.Ordinal).Select(g => (g.Key, Path(g.First().Image, g.Select(a => a.Path).FirstOrDefault(p => p is not null))))];
        }
    }

    /// <summary>Adds what is in a file.</summary>
    /// <exception cref="CnnVisException">It cannot be read.</exception>
    public void AddFile(string path, Action<CnnVisException> report)
    {
        var (answers, tags) = AnswerFiles.Read(path, report);
        _answers.AddRange(answers);
        _tags.AddRange(tags);
    }

    /// <summary>Adds an answer.</summary>
    public void Add(LabelerAnswer answer) => _answers.Add(answer);

    /// <summary>Adds what a network says of a picture.</summary>
    /// <param name="prediction">The prediction, its classes in order.</param>
    /// <param name="image">The picture's name among the answers; null for its path.</param>
    /// <param name="guesses">The labels to take instead of the classes' names; null for those.</param>
    public void Add(CnnPrediction prediction, string? image = null, IReadOnlyList<string>? guesses = null)
    {
        if (guesses is null)
            foreach (ClassProbability item in prediction.Top) _classes[item.Index] = item.Name;
        _answers.Add(new LabelerAnswer { Origin = prediction.Origin, Labeler = prediction.Model, Kind = LabelerKind.Network, Image = image ?? prediction.Path, Path = prediction.Path, Answers = guesses ?? [.. prediction.Top.Select(c => c.Name)] });
    }

    /// <summary>The studies, each with its answers and tags. Answers that belong to no study by name, as networks' do, belong to all that have their picture.</summary>
    /// <param name="report">Told of each picture of which nothing says what it shows; its answers are left out.</param>
    /// <param name="kind">What a labeler is, where the user says so; else null.</param>
    public IEnumerable<(string Experiment, IReadOnlyList<LabelerAnswer> Answers, IReadOnlyList<ErrorTag> Tags)> Studies(Action<CnnVisException> report, Func<string, LabelerKind?> kind)
    {
        LabelerAnswer[] answers = [.. _answers.Select(a => Complete(a) with { Kind = kind(a.Labeler) ?? a.Kind })];
        ImageNames names = new(answers.Select(a => a.Image));
        string[] experiments = [.. answers.Select(a => a.Experiment).Where(e => e.Length > 0).Distinct(StringComparer.Ordinal)];
        if (experiments.Length <= 1)
        {
            string only = experiments is [var one] ? one : "";
            return [(only, Known(answers, names, report), _tags)];
        }
        return experiments.Select(e =>
        {
            HashSet<string> images = [.. answers.Where(a => a.Experiment == e).Select(a => names[a.Image])];
            LabelerAnswer[] belonging = [.. answers.Where(a => a.Experiment == e || a.Experiment.Length == 0 && images.Contains(names[a.Image]))];
            return (e, (IReadOnlyList<LabelerAnswer>)Known(belonging, names, report), (IReadOnlyList<ErrorTag>)[.. _tags.Where(t => t.Experiment == e || t.Experiment.Length == 0)]);
        });
    }

    private LabelerAnswer Complete(LabelerAnswer answer)
    {
        string? path = Path(answer.Image, answer.Path), truth = Labels?.Find(path ?? answer.Image) ?? Labels?.Find(answer.Image) ?? answer.Truth;
        truth ??= LabelFromFolder && path is not null ? FolderLabel.Of(path) : null;
        if (truth is not null && int.TryParse(truth, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && _classes.TryGetValue(index, out string? name)) truth = name;
        return answer with { Path = path, Truth = truth, Acceptable = Acceptable?.AllOf(path ?? answer.Image) is { Count: > 0 } all ? all : answer.Acceptable };
    }

    private string? Path(string image, string? path) => path ?? Finder?.Find(image) ?? (ImageFiles.IsImage(image) && File.Exists(image) ? image : null);

    /// <summary>The answers to pictures of which somebody knows what they show.</summary>
    private static LabelerAnswer[] Known(LabelerAnswer[] answers, ImageNames names, Action<CnnVisException> report)
    {
        HashSet<string> known = [.. answers.Where(a => a.Truth is not null).Select(a => names[a.Image])];
        foreach (string image in answers.Where(a => !known.Contains(names[a.Image])).Select(a => names[a.Image]).Distinct(StringComparer.Ordinal))
            report(new CnnVisException(ErrorIds.ClassNotFound, $"Nothing says what '{image}' shows: name a table with -LabelPath, or take folders' names with -LabelFromFolder. Its answers are left out.", image));
        return [.. answers.Where(a => known.Contains(names[a.Image]))];
    }
}
