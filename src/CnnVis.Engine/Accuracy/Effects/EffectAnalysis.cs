using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Accuracy.Effects;

/// <summary>
/// Accuracy as a function of attributes (Russakovsky et al., International Journal of Computer Vision 2015, section 6.3): bins with intervals, rank correlation, tests that reckon with all
/// that was looked at, bins matched by a confounder, and a regression beside that.
/// </summary>
public static class EffectAnalysis
{
    /// <summary>Adds what attributes do, and the worst slices, to an accuracy.</summary>
    /// <param name="accuracy">The pictures, with their attributes.</param>
    /// <param name="attributes">Those to look at.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.InvalidArgument"/>: no picture has the attribute, or the one to match by is no number.</exception>
    public static CnnAccuracy Analyze(CnnAccuracy accuracy, IReadOnlyList<string> attributes, EffectOptions options)
    {
        if (accuracy.Count == 0) return accuracy;
        AttributeEffect[] effects = [.. attributes.Select(a => Effect(accuracy, a, options))];
        int[] tested = [.. Enumerable.Range(0, effects.Length).Where(i => effects[i].PValue is not null)];
        double[] adjusted = MultipleTests.Adjust([.. tested.Select(i => effects[i].PValue!.Value)], options.Correction);
        for (int i = 0; i < tested.Length; i++) effects[tested[i]] = effects[tested[i]] with { AdjustedPValue = adjusted[i] };
        return accuracy with { Attributes = effects, Slices = options.Slices == 0 ? [] : SliceSearch.Worst(accuracy.Images.ToArray(), attributes, options) };
    }

    /// <summary>The bins of an attribute, with what lies in them.</summary>
    internal static IReadOnlyList<PlannedBin> Bins(CnnAccuracy accuracy, string attribute, EffectOptions options) =>
        BinPlan.Of(attribute, [.. Items(accuracy, attribute, options).Where(i => i.Value is not null)], options).Bins;

    private static AttributeEffect Effect(CnnAccuracy accuracy, string attribute, EffectOptions options)
    {
        AttributeItem[] all = [.. Items(accuracy, attribute, options)], items = [.. all.Where(i => i.Value is not null)];
        if (items.Length == 0)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"No picture has the attribute '{attribute}'. {Known(accuracy)}", attribute);
        BinPlan plan = BinPlan.Of(attribute, items, options);
        double mean = items.Average(i => i.Accuracy);
        AttributeBin[] bins = [.. plan.Bins.Select(b => Bin(b, mean, options))];
        var (matched, removed) = options.MatchBy is null || options.MatchBy.Equals(attribute, StringComparison.OrdinalIgnoreCase) ? (bins, []) : Matched(plan, bins, options);
        var effect = new AttributeEffect
        {
            Origin = accuracy.Origin,
            Model = accuracy.Model,
            Attribute = attribute,
            Unit = options.Unit,
            Count = items.Length,
            Bins = matched,
            Correlation = null,
            CorrelationLower = null,
            CorrelationUpper = null,
            Test = "None",
            PValue = null,
            MatchedBy = removed is null || matched == bins ? null : options.MatchBy,
            Removed = removed ?? [],
        };
        effect = Tested(effect, plan, items, options);
        return effect.MatchedBy is null ? effect : Adjustment.Add(effect, plan);
    }

    private static string Known(CnnAccuracy accuracy)
    {
        string[] known = [.. accuracy.Images.ToArray().SelectMany(i => i.Attributes.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        return known.Length == 0 ? "Give it as a column of -AttributePath, or as a property of what comes down the pipeline; Get-ImageAttribute has what can be computed."
            : $"Known are {string.Join(", ", known)}.";
    }

    private static IEnumerable<AttributeItem> Items(CnnAccuracy accuracy, string attribute, EffectOptions options)
    {
        if (options.Unit == AccuracyUnit.Image)
            return accuracy.Images.ToArray().Select(i => new AttributeItem(i.Path, Cluster(i, options), i.IsCorrect ? 1 : 0, Value(i, attribute), Number(i, options.MatchBy), [i]));
        return accuracy.Images.ToArray().GroupBy(i => i.Label, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            ClassifiedImage[] images = [.. g];
            return new AttributeItem(g.Key, Cluster(images[0], options), images.Average(i => i.IsCorrect ? 1.0 : 0), Common(images, attribute), Mean(images, options.MatchBy), images);
        });
    }

    private static string Cluster(ClassifiedImage image, EffectOptions options) => options.Group is null ? image.Label : $"{Value(image, options.Group) ?? image.Path}";

    private static object? Value(ClassifiedImage image, string attribute) => image.Attributes.GetValueOrDefault(attribute);

    private static double? Number(ClassifiedImage image, string? attribute) => attribute is null ? null : Value(image, attribute) switch
    {
        null => null,
        double number => number,
        bool truth => truth ? 1 : 0,
        var other => throw new CnnVisException(ErrorIds.InvalidArgument, $"Bins are matched by a number, and '{attribute}' of '{image.Path}' is '{other}'. Leave -MatchBy out, or name an attribute with numbers.", attribute),
    };

    private static double? Mean(ClassifiedImage[] images, string? attribute)
    {
        double[] numbers = [.. images.Select(i => Number(i, attribute)).OfType<double>()];
        return numbers.Length == 0 ? null : numbers.Average();
    }

    /// <summary>What a class has: the mean of numbers, the direction of the mean of angles, else what most of its pictures have.</summary>
    private static object? Common(ClassifiedImage[] images, string attribute)
    {
        object[] values = [.. images.Select(i => Value(i, attribute)).OfType<object>()];
        if (values.Length == 0) return null;
        if (!values.All(v => v is double)) return values.GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => $"{g.Key}", StringComparer.Ordinal).First().Key;
        double[] numbers = [.. values.Cast<double>()];
        if (!AttributeValues.IsAngle(attribute)) return numbers.Average();
        return (Math.Atan2(numbers.Sum(n => Math.Sin(n * Math.PI / 180)), numbers.Sum(n => Math.Cos(n * Math.PI / 180))) * 180 / Math.PI + 360) % 360;
    }

    private static AttributeBin Bin(PlannedBin bin, double mean, EffectOptions options)
    {
        var (value, lower, upper) = Share(bin.Items, options);
        return new AttributeBin
        {
            Name = bin.Name,
            Low = bin.Low,
            High = bin.High,
            Count = bin.Items.Count,
            Accuracy = value,
            Lower = lower,
            Upper = upper,
            ErrorRatio = mean < 1 ? (1 - value) / (1 - mean) : double.NaN,
            CalibrationError = options.Unit == AccuracyUnit.Image ? Calibrations.Of([.. bin.Items.SelectMany(i => i.Images)]).ExpectedError : double.NaN,
        };
    }

    private static (double Value, double Lower, double Upper) Share(IReadOnlyList<AttributeItem> items, EffectOptions options)
    {
        if (options.Unit == AccuracyUnit.Image)
        {
            RateEstimate rate = BinomialBound.Rate(items.Count(i => i.Accuracy == 1), items.Count);
            return (rate.Share, rate.Lower, rate.Upper);
        }
        double[] values = [.. items.Select(i => i.Accuracy)];
        var (low, high) = values.Length < 2 ? (double.NaN, double.NaN) : Bootstrap.Mean(values, options.Seed);
        return (values.Average(), low, high);
    }

    private static (AttributeBin[] Bins, IReadOnlyList<string>? Removed) Matched(BinPlan plan, AttributeBin[] bins, EffectOptions options)
    {
        AttributeItem[][] known = [.. plan.Bins.Select(b => b.Items.Where(i => i.Confounder is not null).ToArray())];
        if (known.All(k => k.Length == 0)) throw new CnnVisException(ErrorIds.InvalidArgument, $"No picture has the attribute '{options.MatchBy}' that bins are to be matched by.", options.MatchBy);
        double[] all = [.. known.SelectMany(k => k).Select(i => i.Confounder!.Value)];
        double tolerance = options.Tolerance ?? 0.001 * (all.Min() >= 0 && all.Max() <= 1 ? 1 : all.Max() - all.Min());
        IReadOnlyList<IReadOnlyList<int>> kept = MeanMatching.Match([.. known.Select(k => (IReadOnlyList<(double, string)>)[.. k.Select(i => (i.Confounder!.Value, i.Name))])], tolerance);
        AttributeBin[] matched = [.. bins.Select((bin, b) =>
        {
            AttributeItem[] left = [.. kept[b].Select(i => known[b][i])];
            bool enough = left.Length >= MeanMatching.Fewest;
            var (value, lower, upper) = enough ? Share(left, options) : (double.NaN, double.NaN, double.NaN);
            return bin with
            {
                MatchedBy = left.Length == 0 ? null : left.Average(i => i.Confounder!.Value),
                MatchedCount = left.Length,
                MatchedAccuracy = enough ? value : null,
                MatchedLower = enough && double.IsFinite(lower) ? lower : null,
                MatchedUpper = enough && double.IsFinite(upper) ? upper : null,
            };
        })];
        return (matched, [.. plan.Bins.SelectMany((b, n) => b.Items.Except(kept[n].Select(i => known[n][i]))).Select(i => i.Name).Order(StringComparer.Ordinal)]);
    }

    private static AttributeEffect Tested(AttributeEffect effect, BinPlan plan, AttributeItem[] items, EffectOptions options)
    {
        (int, int)[] groups = [.. plan.Bins.Select(b => (b.Items.Count(i => i.Accuracy == 1), b.Items.Count))];
        bool classes = options.Unit == AccuracyUnit.Class;
        if (!plan.IsOrdered)
        {
            double? any = classes ? TrendTests.KruskalWallis([.. plan.Bins.Select(b => (IReadOnlyList<double>)[.. b.Items.Select(i => i.Accuracy)])]) : TrendTests.ChiSquare(groups);
            return any is null ? effect : effect with { Test = classes ? nameof(TrendTests.KruskalWallis) : nameof(TrendTests.ChiSquare), PValue = any };
        }
        var (correlation, lower, upper) = ClusteredCorrelation.Of([.. items.Select(i => (double)i.Value!)], [.. items.Select(i => i.Accuracy)], [.. items.Select(i => i.Cluster)], options.Seed);
        effect = effect with { Correlation = correlation, CorrelationLower = lower, CorrelationUpper = upper };
        double? trend = classes ? correlation is { } rho ? TrendTests.Spearman(rho, items.Length) : null : TrendTests.CochranArmitage(groups);
        return trend is null ? effect : effect with { Test = classes ? nameof(TrendTests.Spearman) : nameof(TrendTests.CochranArmitage), PValue = trend };
    }
}
