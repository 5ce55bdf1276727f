using System.Collections;
using System.Globalization;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What <c>-Objective</c> takes: an objective, a text that means one, or a table of such texts and their weights.</summary>
public sealed class ObjectiveReference
{
    private readonly CnnObjective? _objective;
    private readonly IReadOnlyList<(string Text, object? Weight)> _terms = [];

    /// <param name="objective">An objective.</param>
    public ObjectiveReference(CnnObjective objective) => _objective = objective;

    /// <param name="text">A text that means one, as <c>espresso</c> or <c>relu5:3</c>.</param>
    public ObjectiveReference(string text) => _terms = [(text, 1)];

    /// <param name="weights">Texts and their weights.</param>
    public ObjectiveReference(IDictionary weights) =>
        _terms = [.. weights.Cast<DictionaryEntry>().Select(e => (Text(e.Key), e.Value)).OrderBy(t => t.Item1, StringComparer.Ordinal)]; // a table has no order of its own

    /// <summary>What it means for a network.</summary>
    /// <exception cref="CnnVisException">It is empty, or no objective.</exception>
    internal CnnObjective Of(CnnModel model) => _objective
        ?? (_terms.Count > 0 ? _terms.Select(t => CnnObjective.Parse(t.Text, model) * Weight(t.Text, t.Weight)).Aggregate((a, b) => a + b)
            : throw new CnnVisException(ErrorIds.InvalidArgument, "The table of objectives is empty: give it texts with weights, as @{ espresso = 1; 'relu5:3' = 0.5 }.", null));

    private static double Weight(string text, object? value) => value switch
    {
        IConvertible number when double.TryParse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out double weight) && double.IsFinite(weight) => weight,
        var other => throw new CnnVisException(ErrorIds.InvalidArgument, $"The weight of '{text}' is '{other}'; it has to be a number.", text),
    };

    private static string Text(object key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;
}
