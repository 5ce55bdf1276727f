using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Scans;
using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Accuracy;

/// <summary>What a pass over labelled pictures gathered, as JSON. The same findings make the same bytes.</summary>
public static class AccuracyFile
{
    private const string Format = "cnnvis-accuracy-1";

    private static readonly JsonSerializerOptions _options = new()
    {
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a file, whole or not at all; one that is there is replaced.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.WriteFailed"/>: it cannot be written.</exception>
    public static void Write(string path, AccuracyRecord record) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, Stored.Of(record), _options), overwrite: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CnnVisException">It is not there (PathNotFound), or is none (RetrievalUnreadable).</exception>
    public static AccuracyRecord Read(string path)
    {
        try
        {
            using FileStream stream = PlainFile.OpenRead(path);
            Stored stored = JsonSerializer.Deserialize<Stored>(stream, _options) ?? throw new JsonException("it is empty");
            return stored.Format == Format ? stored.ToRecord() : throw new JsonException($"its format is '{stored.Format}', not '{Format}'");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path, error);
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or ArgumentException or FormatException or InvalidOperationException or NotSupportedException or IndexOutOfRangeException or IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.RetrievalUnreadable, $"'{path}' is no checkpoint of Measure-CnnAccuracy, or damaged: {OperatorFailure.Reason(error).TrimEnd('.')}.", path, error);
        }
    }

    private sealed record Stored(string Format, string Model, string ModelHash, string QueryHash, string[] Classes, int K, ScanState State, int UnlabeledCount, StoredImage[] Images)
    {
        public static Stored Of(AccuracyRecord r) => new(AccuracyFile.Format, r.Model, r.ModelHash, r.QueryHash, [.. r.Classes], r.K, r.State, r.UnlabeledCount, [.. r.Images.Select(StoredImage.Of)]);

        public AccuracyRecord ToRecord() => new(Model, ModelHash, QueryHash, Classes, K, State, UnlabeledCount, [.. Images.Select(i => i.ToImage(Classes))]);
    }

    private sealed record StoredImage(long Index, string Path, int[] Labels, int Predicted, double Probability, int Rank, double Entropy, bool? Localized, Dictionary<string, JsonElement>? Attributes)
    {
        private const string Date = "date";

        public static StoredImage Of(ClassifiedImage i) => new(i.Index, i.Path, [.. i.LabelIndices], i.PredictedIndex, i.Probability, i.Rank, i.Entropy, i.IsLocalized,
            i.Attributes.Count == 0 ? null : i.Attributes.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value is DateTime date ? new Dictionary<string, string> { [Date] = date.ToString("O", CultureInfo.InvariantCulture) } : a.Value, _options)));

        public ClassifiedImage ToImage(string[] classes) => new()
        {
            Index = Index,
            Path = Path,
            Labels = Labels.Select(l => classes[l]).ToArray(),
            LabelIndices = Labels,
            Predicted = classes[Predicted],
            PredictedIndex = Predicted,
            Probability = Probability,
            Rank = Rank,
            Entropy = Entropy,
            IsLocalized = Localized,
            Attributes = (Attributes ?? []).ToDictionary(a => a.Key, a => Value(a.Value), StringComparer.OrdinalIgnoreCase),
        };

        private static object? Value(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String => value.GetString() is "NaN" or "Infinity" or "-Infinity" ? double.NaN : value.GetString(),
            JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
            JsonValueKind.Object => DateTime.Parse(value.GetProperty(Date).GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            _ => null,
        };
    }
}
