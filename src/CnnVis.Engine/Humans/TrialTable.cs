using System.Globalization;
using System.Text.RegularExpressions;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Humans;

/// <summary>
/// Reads answers from tables, a row an answer. Columns: who answered (labeler, subj …; without one it is the file's name), the picture (image, imagename, file …), the answer (answer, response, object_response …, several
/// guesses separated by | or in answer1, answer2 …), what it shows (truth, category, label …), and as they are there seconds (or rt), trial, session, condition, training, acceptable, experiment, tags and tagger.
/// Files of model-vs-human are such tables: <c>subj, session, trial, rt, object_response, category, condition, imagename</c>.
/// </summary>
internal static partial class TrialTable
{
    private static readonly string[] _nothing = ["", "na", "nan", "none", "null"], _yes = ["1", "true", "yes", "training"];

    /// <summary>The answers in a table; rows that are wrong are reported, and left out.</summary>
    /// <exception cref="CnnVisException">The file cannot be read, or lacks a column.</exception>
    public static (IReadOnlyList<LabelerAnswer> Answers, IReadOnlyList<ErrorTag> Tags) Read(string path, Action<CnnVisException> report)
    {
        DelimitedFile file = DelimitedFile.Open(path);
        int labeler = file.Find("labeler", "labeller", "subj", "subject", "annotator", "observer", "participant", "person", "user"), image = file.Require("the picture", ["imagename", "image_name", .. FileLookup<int>.Columns]);
        int[] answer = Answers(file);
        int truth = file.Find("truth", "category", "true_label", "true_class", "ground_truth", "label", "class"), seconds = file.Find("seconds", "rt", "time", "response_time"), condition = file.Find("condition");
        int trial = file.Find("trial"), session = file.Find("session"), training = file.Find("training", "is_training", "phase"), acceptable = file.Find("acceptable", "labels"), study = file.Find("experiment", "study"), allowed = file.Find("allowed");
        int kind = file.Find("kind", "labeler_kind"), tags = file.Find("tags", "error_types", "error_type"), tagger = file.Find("tagger");
        bool isModelVsHuman = file.Find("object_response") >= 0 && file.Find("imagename") >= 0;
        List<(double Session, double Trial, LabelerAnswer Answer)> rows = [];
        List<ErrorTag> tagged = [];
        string experiment = Experiment(path);
        foreach (var (line, fields) in file.ReadableRows(report))
        {
            string? Text(int column) => column >= 0 && fields[column].Trim() is var text && !_nothing.Contains(text.ToLowerInvariant()) ? text : null;
            try
            {
                string picture = Text(image) ?? throw Wrong("names no picture");
                LabelerAnswer row = new()
                {
                    Labeler = labeler >= 0 ? Text(labeler) ?? throw Wrong("does not say who answered") : Path.GetFileNameWithoutExtension(path),
                    Kind = Kind(Text(kind)),
                    Image = isModelVsHuman ? Picture(picture) : picture,
                    Experiment = Text(study) ?? experiment,
                    Condition = Text(condition) ?? "",
                    Truth = Text(truth),
                    Acceptable = List(Text(acceptable)),
                    Answers = [.. answer.SelectMany(column => List(Text(column)))],
                    Allowed = Text(allowed) is { } number ? (int)Number(number, "a number of guesses") : null,
                    Seconds = Text(seconds) is { } time ? Time(Number(time, "a time")) : null,
                    IsTraining = Text(training) is { } phase && _yes.Contains(phase.ToLowerInvariant()),
                };
                rows.Add((Text(session) is { } s ? Number(s, "a session") : 0, Text(trial) is { } t ? Number(t, "a trial") : line, row));
                if (Text(tags) is { } types) tagged.Add(new ErrorTag(row.Image, row.Labeler, Text(tagger) ?? row.Labeler, List(types)) { Experiment = row.Experiment });
            }
            catch (CnnVisException error)
            {
                report(error);
            }

            CnnVisException Wrong(string what) => new(ErrorIds.InvalidArgument, $"Line {line} of '{path}' {what}.", path);

            double Number(string text, string what) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : throw Wrong($"has '{text}' where {what} is expected");

            double Time(double value) => value >= 0 ? value : throw Wrong("has a time below 0");
        }
        var kinds = rows.GroupBy(r => r.Answer.Labeler, StringComparer.Ordinal).ToDictionary(g => g.Key, g => isModelVsHuman ? Guess(g.Key, g.Any(r => r.Answer.Seconds is not null)) : (LabelerKind?)null, StringComparer.Ordinal);
        return ([.. rows.OrderBy(r => r.Session).ThenBy(r => r.Trial).Select(r => r.Answer with { Kind = r.Answer.Kind ?? kinds[r.Answer.Labeler] })], tagged);
    }

    /// <summary>The answers' columns, the best guess first.</summary>
    private static int[] Answers(DelimitedFile file)
    {
        int[] numbered = [.. Enumerable.Range(1, 10).SelectMany(n => new[] { $"answer{n}", $"answer_{n}", $"guess{n}", $"guess_{n}" }).Select(name => file.Find(name)).Where(c => c >= 0)];
        return numbered.Length > 0 ? numbered : [file.Require("the answer", "answer", "answers", "object_response", "response", "guess", "guesses", "prediction")];
    }

    /// <summary>People of model-vs-human are called subject-01 and so on, and have response times; networks have names and no times.</summary>
    private static LabelerKind Guess(string labeler, bool hasTimes) => hasTimes || labeler.StartsWith("subj", StringComparison.OrdinalIgnoreCase) ? LabelerKind.Person : LabelerKind.Network;

    private static LabelerKind? Kind(string? text) => text is not null && Enum.TryParse(text, ignoreCase: true, out LabelerKind kind) && kind is LabelerKind.Person or LabelerKind.Network ? kind : null;

    /// <summary>A picture of model-vs-human without number, experiment and subject, which differ from person to person.</summary>
    private static string Picture(string name) => name.Split('_', 4) is [_, _, _, var rest] ? rest : name;

    /// <summary>model-vs-human's files are called by experiment, subject and session.</summary>
    private static string Experiment(string path) => SubjectFile().Match(Path.GetFileNameWithoutExtension(path)) is { Success: true } match ? match.Groups[1].Value : "";

    private static string[] List(string? text) => text?.Split(['|', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    [GeneratedRegex(@"^(.+?)_[^_]+_session[_-]?\d+$")]
    private static partial Regex SubjectFile();
}
