namespace CnnVis.Engine.Humans;

/// <summary>
/// Which labels are the same. Capitals, blanks around and underscores for blanks make no difference; but where one source writes a label in two ways, capitals tell two labels apart: ImageNet has a Cardigan, a dog,
/// and a cardigan.
/// </summary>
internal sealed class LabelVocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _distinguished = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="sources">The labels that each source writes: what pictures show, and each labeler's answers.</param>
    public LabelVocabulary(IEnumerable<IEnumerable<string>> sources)
    {
        foreach (IEnumerable<string> source in sources)
            foreach (var spellings in source.Select(Plain).Distinct(StringComparer.Ordinal).GroupBy(l => l, StringComparer.OrdinalIgnoreCase))
                if (spellings.Skip(1).Any()) _distinguished.Add(spellings.Key);
    }

    /// <summary>A number for each label, the same for the same.</summary>
    public int this[string label]
    {
        get
        {
            string key = Key(label);
            if (!_numbers.TryGetValue(key, out int number)) _numbers[key] = number = _numbers.Count;
            return number;
        }
    }

    public bool Same(string first, string second) => this[first] == this[second];

    private string Key(string label)
    {
        string plain = Plain(label);
        return _distinguished.Contains(plain) ? plain : plain.ToUpperInvariant();
    }

    private static string Plain(string label) => label.Trim().Replace('_', ' ');
}
