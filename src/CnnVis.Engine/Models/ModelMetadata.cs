using System.Text.Json;

namespace CnnVis.Engine.Models;

/// <summary>Classes and picture preparation, as CnnVis keeps them in an ONNX file's <c>metadata_props</c>.</summary>
internal static class ModelMetadata
{
    private const string ClassesKey = "cnnvis.classes", InputKey = "cnnvis.input";
    private static readonly JsonSerializerOptions _json = new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    public static IReadOnlyDictionary<string, string> Write(IReadOnlyList<string> classes, CnnInput input) => new Dictionary<string, string>
    {
        [ClassesKey] = JsonSerializer.Serialize(classes, _json),
        [InputKey] = JsonSerializer.Serialize(input, _json),
    };

    public static string[]? Classes(IReadOnlyDictionary<string, string> metadata) => Read<string[]>(metadata, ClassesKey);

    public static CnnInput? Input(IReadOnlyDictionary<string, string> metadata) => Read<CnnInput>(metadata, InputKey);

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
