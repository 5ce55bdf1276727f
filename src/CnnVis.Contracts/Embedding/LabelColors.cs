using System.Globalization;

namespace CnnVis;

/// <summary>
/// A colour for each label. The most frequent eight have colours that people with colour-blindness tell apart (Okabe and Ito 2008); further ones turn the hue by
/// the golden angle at three lightnesses, so that neighbours in the list differ. What has no label is light grey.
/// </summary>
public sealed class LabelColors
{
    private const int LongestLegend = 100;
    private const double GoldenAngle = 2.399963229728653, Chroma = 55;

    private static readonly double[] _lightness = [62, 42, 80];

    private readonly Dictionary<string, Rgb> _colors;
    private readonly (string Label, int Count)[] _labels;
    private readonly int _unlabelled;

    private LabelColors(IEnumerable<string?> labels)
    {
        string?[] all = [.. labels];
        _labels = [.. all.OfType<string>().GroupBy(l => l, StringComparer.Ordinal).Select(g => (Label: g.Key, Count: g.Count())).OrderByDescending(l => l.Count).ThenBy(l => l.Label, StringComparer.Ordinal)];
        _unlabelled = all.Count(l => l is null);
        IReadOnlyDictionary<int, Rgb> first = ClassColors.Of([.. Enumerable.Range(0, _labels.Length)]);
        _colors = _labels.Select((l, i) => (l.Label, Color: first.TryGetValue(i, out Rgb safe) ? safe : Further(i - first.Count))).ToDictionary(c => c.Label, c => c.Color, StringComparer.Ordinal);
    }

    /// <summary>Labels, the most frequent first, equal ones in ordinal order.</summary>
    public IReadOnlyList<string> Labels => _labels.Select(l => l.Label).ToArray();

    /// <summary>The colour of a label; light grey for none.</summary>
    public Rgb this[string? label] => label is not null && _colors.TryGetValue(label, out Rgb color) ? color : ClassColors.Others;

    /// <summary>What each colour stands for, with how often it is there; of very many labels the most frequent. Empty where nothing has a label.</summary>
    public IReadOnlyList<LegendEntry> Legend
    {
        get
        {
            if (_labels.Length == 0) return [];
            var shown = _labels.Take(LongestLegend).Select(l => new LegendEntry(_colors[l.Label], Text(l.Label, l.Count))).ToList();
            if (_labels.Length > LongestLegend) shown.Add(new LegendEntry(Rgb.White, Text($"{_labels.Length - LongestLegend} more labels", _labels.Skip(LongestLegend).Sum(l => l.Count))));
            if (_unlabelled > 0) shown.Add(new LegendEntry(ClassColors.Others, Text("no label", _unlabelled)));
            return shown.ToArray();
        }
    }

    /// <summary>Colours for these labels, one entry an item.</summary>
    public static LabelColors Of(IEnumerable<string?> labels) => new(labels);

    private static Rgb Further(int index) => ColorMapLab.ToRgb(_lightness[index % _lightness.Length], Chroma * Math.Cos(index * GoldenAngle), Chroma * Math.Sin(index * GoldenAngle));

    private static string Text(string label, int count) => string.Create(CultureInfo.InvariantCulture, $"{label} ({count:N0})");
}
