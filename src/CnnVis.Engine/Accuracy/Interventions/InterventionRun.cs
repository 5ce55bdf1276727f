using CnnVis.Engine.Accuracy.Effects;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Accuracy.Interventions;

/// <summary>Changes an attribute in the pictures of one end of its range to what the other end has, and asks the network again.</summary>
public static class InterventionRun
{
    /// <summary>Attributes that can be changed.</summary>
    public static IEnumerable<string> Names => Intervention.All.Select(i => i.Attribute);

    /// <summary>The effects of the attributes that can be changed; the pictures are read again.</summary>
    /// <param name="network">The network.</param>
    /// <param name="accuracy">What it said of the pictures as they are.</param>
    /// <param name="attributes">The attributes that were looked at.</param>
    /// <param name="options">How.</param>
    /// <param name="batchSize">Pictures computed at a time.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<CausalEffect> Compare(Network network, CnnAccuracy accuracy, IReadOnlyList<string> attributes, EffectOptions options, int batchSize, CancellationToken cancellation)
    {
        InputPixels.Ensure(network);
        return attributes.Select(Intervention.Of).OfType<Intervention>().Select(i => Effect(network, accuracy, i, options, batchSize, cancellation)).OfType<CausalEffect>().ToArray();
    }

    private static CausalEffect? Effect(Network network, CnnAccuracy accuracy, Intervention intervention, EffectOptions options, int batchSize, CancellationToken cancellation)
    {
        IReadOnlyList<PlannedBin> bins = EffectAnalysis.Bins(accuracy, intervention.Attribute, options with { Unit = AccuracyUnit.Image });
        if (bins.Count < 2 || bins[0].Low is null) return null; // not a size
        // Those that the network is better at are made worse, where that can be done.
        double first = bins[0].Items.Average(i => i.Accuracy), last = bins[^1].Items.Average(i => i.Accuracy);
        bool fromFirst = first > last;
        if (!intervention.Can(more: fromFirst)) fromFirst = !fromFirst;
        var (from, to) = fromFirst ? (bins[0], bins[^1]) : (bins[^1], bins[0]);
        double level = to.Items.Average(i => (double)i.Value!);
        var known = from.Items.DistinctBy(i => i.Name, StringComparer.Ordinal).ToDictionary(i => i.Name, i => i.Images[0], StringComparer.Ordinal);
        int count = 0, before = 0, after = 0, lost = 0, won = 0;
        using var stream = new ImageStream(network, batchSize, cancellation);
        foreach (ImageBatch batch in stream.Batches(known.Keys.Select(p => new ImageSource(p))))
        {
            if (batch.Pixels is not { } pixels) continue;
            using var inference = inference_mode();
            using var scope = NewDisposeScope();
            PixelImage[] images = InputPixels.Of(batch, network.Input);
            var changed = new PixelImage?[images.Length];
            Parallel.For(0, images.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = ImageLoader.DefaultThreads }, i => changed[i] = intervention.Bring(images[i], level));
            int[] rows = [.. Enumerable.Range(0, images.Length).Where(i => changed[i] is not null)];
            if (rows.Length == 0) continue;
            float[] values = network.Forward(InputPixels.ToTensor([.. rows.Select(i => changed[i]!)], pixels, network.Input, rows), [network.Answers.Probabilities], cancellation)[0].flatten(1).ToFloats();
            int classes = network.Classes.Count;
            for (int i = 0; i < rows.Length; i++)
            {
                ClassifiedImage image = known[batch.Readable[rows[i]].Path];
                ReadOnlySpan<float> row = values.AsSpan(i * classes, classes);
                int said = 0;
                for (int c = 1; c < classes; c++)
                    if (row[c] > row[said]) said = c;
                bool right = image.LabelIndices.Contains(said);
                count++;
                if (image.IsCorrect) before++;
                if (right) after++;
                if (image.IsCorrect && !right) lost++;
                if (!image.IsCorrect && right) won++;
            }
        }
        if (count == 0) return null;
        double change = (double)(won - lost) / count, reach = BinomialBound.Z95 * Math.Sqrt(Math.Max(0, won + lost - (double)(won - lost) * (won - lost) / count)) / count;
        return new CausalEffect
        {
            Origin = accuracy.Origin,
            Model = accuracy.Model,
            Attribute = intervention.Attribute,
            From = from.Name,
            To = to.Name,
            Level = level,
            Count = count,
            Observed = to.Items.Average(i => i.Accuracy) - (double)before / count,
            Before = BinomialBound.Rate(before, count),
            After = BinomialBound.Rate(after, count),
            Lower = change - reach,
            Upper = change + reach,
        };
    }
}
