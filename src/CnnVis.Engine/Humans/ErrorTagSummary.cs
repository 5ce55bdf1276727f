using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Humans;

/// <summary>What taggers say of errors: shares of the types, and agreement of two taggers.</summary>
internal static class ErrorTagSummary
{
    /// <summary>Shares of the types among the errors that a tagger looked at, the largest first. An error without a type counts as tagged.</summary>
    public static IEnumerable<ErrorTypeShare> Shares(IReadOnlyList<ErrorTag> tags) =>
        tags.GroupBy(t => (t.Labeler, t.Tagger)).OrderBy(g => g.Key.Labeler, StringComparer.Ordinal).ThenBy(g => g.Key.Tagger, StringComparer.Ordinal)
            .SelectMany(g => Types(g).Select(type => new ErrorTypeShare(g.Key.Labeler, g.Key.Tagger, type, BinomialBound.Rate(g.Count(t => Has(t, type)), g.Count())))
                .OrderByDescending(s => s.Share.Count).ThenBy(s => s.Type, StringComparer.Ordinal));

    /// <summary>Of each two taggers that looked at the same errors, type by type.</summary>
    public static IEnumerable<TaggerAgreement> Agreements(IReadOnlyList<ErrorTag> tags)
    {
        string[] taggers = [.. tags.Select(t => t.Tagger).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        for (int i = 0; i < taggers.Length; i++)
        {
            for (int j = i + 1; j < taggers.Length; j++)
            {
                var second = tags.Where(t => t.Tagger == taggers[j]).GroupBy(t => (t.Image, t.Labeler)).ToDictionary(g => g.Key, g => g.Last());
                var both = tags.Where(t => t.Tagger == taggers[i] && second.ContainsKey((t.Image, t.Labeler))).Select(t => (First: t, Second: second[(t.Image, t.Labeler)])).ToArray();
                foreach (string type in Types(both.SelectMany(b => new[] { b.First, b.Second })))
                {
                    int[] a = [.. both.Select(b => Has(b.First, type) ? 1 : 0)], c = [.. both.Select(b => Has(b.Second, type) ? 1 : 0)];
                    yield return new TaggerAgreement(taggers[i], taggers[j], type, a.Length, a.Where((v, k) => v == c[k]).Count() / (double)a.Length, CohenKappa.Of(a, c));
                }
            }
        }
    }

    private static string[] Types(IEnumerable<ErrorTag> tags) => [.. tags.SelectMany(t => t.Types).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    private static bool Has(ErrorTag tag, string type) => tag.Types.Contains(type, StringComparer.OrdinalIgnoreCase);
}
