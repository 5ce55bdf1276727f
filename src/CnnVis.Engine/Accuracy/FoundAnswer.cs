using System.Globalization;
using System.Text.Json;
using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Accuracy;

/// <summary>What a network says of a labelled picture, as data.</summary>
/// <param name="Labels">Output indices of the right classes; none where nothing says what it shows.</param>
/// <param name="Predicted">Output index of the most probable class.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Rank">Rank of the most probable of the right classes.</param>
/// <param name="Entropy">Entropy of the probabilities, in bits.</param>
/// <param name="Localized">Whether the object was found too; null where nobody can tell.</param>
/// <param name="Attributes">Properties of the picture, by name.</param>
/// <param name="Probabilities">Of labels that may hold together, the probability of each, also where the picture is known to have none; null of other networks.</param>
public sealed record FoundAnswer(int[] Labels, int Predicted = 0, double Probability = 0, int Rank = 0, double Entropy = 0, bool? Localized = null, Dictionary<string, JsonElement>? Attributes = null, float[]? Probabilities = null)
{
    private const string Date = "date";

    /// <summary>How files call it.</summary>
    public static PictureKind<FoundAnswer> Kind { get; } = new("Answers", (merged, _, _, failed) => Record(merged, failed) is { Images.Count: > 0 } record ? [AccuracySummary.Of(record)] : []);

    /// <summary>What shards gathered, put together.</summary>
    /// <param name="merged">Files of this kind.</param>
    /// <param name="failed">Takes the errors of pictures.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.RetrievalMismatch"/>: they are of another kind.</exception>
    public static AccuracyRecord Record(ScanMerge merged, Action<CnnVisException> failed)
    {
        if (merged.Question.Kind != Kind.Name) throw new CnnVisException(ErrorIds.RetrievalMismatch, $"The files are no checkpoints of Measure-CnnAccuracy: they hold {merged.Question.Kind}. Merge-CnnResult puts them together.", merged.Question.Kind);
        return merged.Read(() =>
        {
            AccuracyContext context = merged.Question.ContextAs<AccuracyContext>();
            var gathered = new AccuracyGathering(merged.Question.Model, context);
            foreach (var (image, value, error) in merged.Pictures<FoundAnswer>())
            {
                if (value is not null) gathered.Add(image, value);
                else failed(error!.About(image.Path));
            }
            return gathered.Record(merged.State);
        });
    }

    /// <summary>A property as data.</summary>
    internal static JsonElement Stored(object? value) => JsonSerializer.SerializeToElement(value is DateTime date ? new Dictionary<string, string> { [Date] = date.ToString("O", CultureInfo.InvariantCulture) } : value, ScanJson.Options);

    /// <summary>The picture and what the network says of it.</summary>
    internal ClassifiedImage ToImage(ListedImage image, IReadOnlyList<string> classes) => new()
    {
        Index = image.Index,
        Path = image.Path,
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

/// <summary>What makes accuracy of answers.</summary>
/// <param name="Classes">The network's classes.</param>
/// <param name="K">How many classes count for top-k accuracy.</param>
public sealed record AccuracyContext(string[] Classes, int K);
