using System.Text.Json;
using CnnVis.Engine.Models.Metadata;

namespace CnnVis.Engine.Models;

/// <summary>Classes and picture preparation in an ONNX file's <c>metadata_props</c>: as CnnVis keeps them, or as others do.</summary>
internal static class ModelMetadata
{
    private const string ClassesKey = "cnnvis.classes", InputKey = "cnnvis.input", AnswerKey = "cnnvis.answer";
    private static readonly JsonSerializerOptions _json = new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    /// <summary>What CnnVis keeps; the rest of what it knows is in the graph.</summary>
    /// <param name="metadata">Changed.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="input">The picture that the network takes.</param>
    /// <param name="answer">What it answers with.</param>
    public static void Write(IDictionary<string, string> metadata, IReadOnlyList<string> classes, CnnInput input, AnswerKind answer)
    {
        metadata[ClassesKey] = JsonSerializer.Serialize(classes, _json);
        metadata[InputKey] = JsonSerializer.Serialize(input, _json);
        metadata.Remove(AnswerKey);
        if (answer != AnswerKind.Classes) metadata[AnswerKey] = answer.ToString();
    }

    /// <summary>How many labels a file has; null where it has none.</summary>
    public static int? Labels(IReadOnlyDictionary<string, string> metadata) => (Read<string[]>(metadata, ClassesKey) ?? ForeignMetadata.Classes(metadata)) is { Length: > 0 } names ? names.Length : null;

    /// <summary>Class names.</summary>
    /// <param name="metadata">The file's.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="asked">Whether the answer is another than the file's own, for which its names need not be meant; so it is with names that others wrote. They are taken if they are as many.</param>
    public static IReadOnlyList<string>? Classes(IReadOnlyDictionary<string, string> metadata, int outputs, bool asked)
    {
        string[]? own = Read<string[]>(metadata, ClassesKey), names = own ?? ForeignMetadata.Classes(metadata);
        return own is not null && !asked || names?.Length == outputs ? names : null;
    }

    /// <summary>The options with what the file states where they say nothing. Of files that CnnVis wrote only its own words count: their graphs do the rest.</summary>
    public static ImportOptions Complete(ImportOptions options, IReadOnlyDictionary<string, string> metadata) => Read<CnnInput>(metadata, InputKey) is { } own
        ? options with { ResizeMode = options.ResizeMode ?? own.ResizeMode, ResizeTo = options.ResizeTo ?? own.ResizeTo, Interpolation = options.Interpolation ?? own.Interpolation, OwnArrayRange = (own.Low, own.High), Answer = options.Answer ?? Kept(options, metadata) }
        : ForeignMetadata.Complete(options, metadata);

    private static AnswerKind? Kept(ImportOptions options, IReadOnlyDictionary<string, string> metadata) =>
        options.OutputName is null && metadata.TryGetValue(AnswerKey, out string? kept) && Enum.TryParse(kept, out AnswerKind kind) ? kind : null;

    private static T? Read<T>(IReadOnlyDictionary<string, string> metadata, string key) where T : class
    {
        if (!metadata.TryGetValue(key, out string? text)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(text, _json);
        }
        catch (JsonException e)
        {
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"Its metadata '{key}' is no valid JSON: {e.Message}", key, e);
        }
    }
}
