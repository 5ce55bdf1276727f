using System.Text.Json;

namespace CnnVis.Engine.Models.HuggingFace;

/// <summary>A JSON file of settings, read member by member; what is of another kind counts as missing.</summary>
internal sealed class ConfigFile
{
    private const int ByteLimit = 1 << 24;

    private readonly JsonElement _root;

    private ConfigFile(JsonElement root) => _root = root;

    /// <summary>The file's settings.</summary>
    /// <exception cref="CnnVisException">It cannot be read, or is no JSON object.</exception>
    public static ConfigFile Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > ByteLimit) throw Unreadable(path, $"it is longer than the {ByteLimit} bytes that settings need", null);
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object ? new ConfigFile(document.RootElement.Clone()) : throw Unreadable(path, "it holds no settings", null);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e.Message, e);
        }
    }

    public bool Has(string name) => _root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public ConfigFile? Part(string name) => _root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? new ConfigFile(value) : null;

    public string? Text(string name) => _root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public double? Number(string name) => _root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number that counts something: 1 to 65536.</summary>
    public int? Count(string name) => Number(name) is >= 1 and <= 1 << 16 and var number && number == Math.Floor(number) ? (int)number : null;

    public bool Bool(string name, bool otherwise) => _root.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.ValueKind == JsonValueKind.True : otherwise;

    public double[]? Numbers(string name) => _root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= 4096 && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number)
        ? [.. value.EnumerateArray().Select(v => v.GetDouble())] : null;

    /// <summary>Whole numbers that count something.</summary>
    public int[]? Counts(string name) => Numbers(name) is { Length: > 0 } numbers && numbers.All(n => n is >= 1 and <= 1 << 16 && n == Math.Floor(n)) ? [.. numbers.Select(n => (int)n)] : null;

    /// <summary>Texts by place: a list, or an object whose members are numbered from 0 on; null where there is neither.</summary>
    public string[]? Texts(string name)
    {
        if (!_root.TryGetProperty(name, out JsonElement value)) return null;
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray().Select(v => v.ToString())];
        if (value.ValueKind != JsonValueKind.Object) return null;
        var all = value.EnumerateObject().ToArray();
        string?[] ordered = new string?[all.Length];
        foreach (JsonProperty item in all)
        {
            if (!int.TryParse(item.Name, out int index) || index < 0 || index >= ordered.Length) return null;
            ordered[index] = item.Value.ToString();
        }
        return Array.TrueForAll(ordered, text => text is not null) ? Array.ConvertAll(ordered, text => text!) : null;
    }

    private static CnnVisException Unreadable(string path, string why, Exception? inner) => new(ErrorIds.ModelUnreadable, $"'{path}' cannot be used: {why}.", path, inner);
}
