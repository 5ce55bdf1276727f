using System.Text.Json;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Humans;

/// <summary>What the page of New-CnnLabelingTask exports: a JSON file with a labeler's answers, tags of errors, and what networks say of the same pictures.</summary>
internal static class LabelingExport
{
    /// <summary>What the file says that it is.</summary>
    public const string Format = "cnnvis-labels";

    /// <summary>Its version.</summary>
    public const int Version = 1;

    private const long MostBytes = 256 << 20;

    private static readonly JsonSerializerOptions _options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The answers and tags in a file. Networks' answers are those to pictures that the labeler answered.</summary>
    /// <exception cref="CnnVisException">The file cannot be read, or is no such export.</exception>
    public static (IReadOnlyList<LabelerAnswer> Answers, IReadOnlyList<ErrorTag> Tags) Read(string path)
    {
        Document document = Parse(path);
        string experiment = document.Task?.Title ?? "";
        List<LabelerAnswer> answers = [];
        foreach (Answer? answer in document.Answers ?? [])
        {
            if (string.IsNullOrWhiteSpace(answer?.Image)) throw Wrong(path, "an answer names no picture");
            if (answer.Seconds is { } seconds && !(seconds >= 0 && double.IsFinite(seconds))) throw Wrong(path, $"the answer to '{answer.Image}' took {seconds} seconds");
            answers.Add(new LabelerAnswer
            {
                Labeler = document.Labeler!,
                Kind = LabelerKind.Person,
                Image = answer.Image,
                Experiment = experiment,
                Truth = answer.Truth,
                Acceptable = answer.Acceptable ?? [],
                Answers = [.. (answer.Guesses ?? []).Where(g => !string.IsNullOrWhiteSpace(g))],
                Allowed = document.Task?.Guesses,
                Seconds = answer.Seconds,
                At = answer.At,
                IsTraining = answer.Training,
            });
        }
        var seen = answers.Where(a => !a.IsTraining).DistinctBy(a => a.Image).ToArray();
        foreach (Network? network in document.Networks ?? [])
        {
            if (string.IsNullOrWhiteSpace(network?.Name) || network.Answers is null) throw Wrong(path, "a network has no name or no answers");
            answers.AddRange(seen.Where(a => network.Answers.ContainsKey(a.Image)).Select(a => a with { Labeler = network.Name, Kind = LabelerKind.Network, Answers = network.Answers[a.Image] ?? [], Allowed = null, Seconds = null, At = null }));
        }
        return (answers, [.. (document.Tags ?? []).OfType<Tag>().Where(t => t is { Image: not null, Labeler: not null, Tagger: not null }).Select(t => new ErrorTag(t.Image!, t.Labeler!, t.Tagger!, t.Types ?? []) { Experiment = experiment })]);
    }

    private static Document Parse(string path)
    {
        try
        {
            PlainFile.Ensure(path);
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MostBytes) throw Wrong(path, $"it has {stream.Length:N0} bytes, more than any export");
            Document document = JsonSerializer.Deserialize<Document>(stream, _options) ?? throw Wrong(path, "it holds nothing");
            if (document.Format != Format) throw Wrong(path, $"its format is '{document.Format}' and not '{Format}'");
            if (document.Version > Version) throw Wrong(path, $"it is of version {document.Version}, which a later CnnVis reads");
            if (string.IsNullOrWhiteSpace(document.Labeler)) throw Wrong(path, "it does not say who answered");
            return document;
        }
        catch (JsonException error)
        {
            throw Wrong(path, error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"The answers '{path}' cannot be read: {error.Message}", path, error);
        }
    }

    private static CnnVisException Wrong(string path, string what, Exception? error = null) =>
        new(ErrorIds.AnswersUnreadable, $"'{path}' holds no answers that the page of New-CnnLabelingTask has exported: {what.TrimEnd('.')}.", path, error);

    internal sealed record Document(string? Format, int Version, TaskInfo? Task, string? Labeler, Answer?[]? Answers, Tag?[]? Tags, Network?[]? Networks);

    internal sealed record TaskInfo(string? Id, string? Title, int? Guesses);

    internal sealed record Answer(string Image, string? Truth, string[]? Acceptable, bool Training, string[]? Guesses, double? Seconds, DateTimeOffset? At);

    internal sealed record Tag(string? Image, string? Labeler, string? Tagger, string[]? Types);

    internal sealed record Network(string? Name, Dictionary<string, string[]?>? Answers);
}
