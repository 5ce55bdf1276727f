using System.IO.Hashing;
using System.Text;
using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>
/// Looks for pictures that share values of one or two attributes and about which the network errs most. Of very many slices some are bad by chance: so they are chosen by one half of the pictures, and
/// judged by the other.
/// </summary>
internal static class SliceSearch
{
    private const int FewestInHalf = 10;

    public static IReadOnlyList<AccuracySlice> Worst(IReadOnlyList<ClassifiedImage> images, IReadOnlyList<string> attributes, EffectOptions options)
    {
        EffectOptions byImage = options with { Unit = AccuracyUnit.Image };
        Dictionary<long, int>[] bins = new Dictionary<long, int>[attributes.Count];
        string[][] names = new string[attributes.Count][];
        for (int a = 0; a < attributes.Count; a++)
        {
            AttributeItem[] items = [.. images.Where(i => i.Attributes.GetValueOrDefault(attributes[a]) is not null).Select(i => new AttributeItem(i.Path, "", 0, i.Attributes[attributes[a]], null, [i]))];
            IReadOnlyList<PlannedBin> plan = BinPlan.Of(attributes[a], items, byImage).Bins;
            names[a] = [.. plan.Select(b => $"{attributes[a]} {b.Name}")];
            bins[a] = plan.SelectMany((b, n) => b.Items.Select(i => (i.Images[0].Index, n))).ToDictionary(p => p.Index, p => p.n);
        }
        ClassifiedImage[] finding = [.. images.Where(i => Half(i, options.Seed))], confirming = [.. images.Where(i => !Half(i, options.Seed))];
        if (finding.Length == 0 || confirming.Length == 0) return [];
        double mean = (double)finding.Count(i => i.IsCorrect) / finding.Length;
        var singles = new Dictionary<(int, int), RateEstimate>();
        List<((int Attribute, int Bin)[] Slice, RateEstimate Rate)> found = [];
        for (int a = 0; a < attributes.Count; a++)
            for (int b = 0; b < names[a].Length; b++) Consider((a, b));
        for (int a = 0; a < attributes.Count; a++)
            for (int other = a + 1; other < attributes.Count; other++)
                for (int b = 0; b < names[a].Length; b++)
                    for (int c = 0; c < names[other].Length; c++) Consider((a, b), (other, c));

        var worst = found.OrderBy(f => (f.Rate.Share - mean) * Math.Sqrt(f.Rate.Total)).ThenBy(f => Condition(f.Slice), StringComparer.Ordinal).Take(options.Slices).ToArray();
        int right = confirming.Count(i => i.IsCorrect);
        double errors = 1 - (double)right / confirming.Length;
        RateEstimate[] confirmed = [.. worst.Select(w => RateOf(confirming, w.Slice))];
        double[] chances = MultipleTests.Holm([.. confirmed.Select(c => c.Total == 0 ? 1 : TrendTests.AtMost(c.Count, c.Total, right, confirming.Length))]);
        return worst.Select((w, i) => new AccuracySlice
        {
            Condition = Condition(w.Slice),
            Found = w.Rate,
            Confirmed = confirmed[i],
            ErrorRatio = errors > 0 && confirmed[i].Total > 0 ? (1 - confirmed[i].Share) / errors : double.NaN,
            PValue = chances[i],
        }).ToArray();

        string Condition((int Attribute, int Bin)[] slice) => string.Join(" and ", slice.Select(s => names[s.Attribute][s.Bin]));

        RateEstimate RateOf(ClassifiedImage[] half, (int Attribute, int Bin)[] slice)
        {
            ClassifiedImage[] inside = [.. half.Where(i => slice.All(s => bins[s.Attribute].TryGetValue(i.Index, out int bin) && bin == s.Bin))];
            return BinomialBound.Rate(inside.Count(i => i.IsCorrect), inside.Length);
        }

        // Two attributes have to be worse together than each of them.
        void Consider(params (int Attribute, int Bin)[] slice)
        {
            RateEstimate rate = RateOf(finding, slice);
            if (slice.Length == 1) singles[slice[0]] = rate;
            if (rate.Total >= FewestInHalf && rate.Share < mean && (slice.Length == 1 || slice.All(s => rate.Share < singles[s].Share))) found.Add((slice, rate));
        }
    }

    /// <summary>Which half a picture falls into: by its path, so that the same pictures fall alike.</summary>
    private static bool Half(ClassifiedImage image, int seed) => (XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(image.Path), seed) & 1) == 0;
}
