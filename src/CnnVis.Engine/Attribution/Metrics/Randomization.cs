using CnnVis.Engine.Attribution.Saliency;
using CnnVis.Engine.Models;
using CnnVis.Engine.Statistics;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Adebayo et al. 2018, section 3, cascading randomisation: from the logits down, layer by layer, the network forgets what it has learned; for each layer, how similar the
/// map is to the original one. Ssim is that of the maps brought to [0, 1], RankCorrelation is Spearman's. A method whose maps stay similar does not
/// show what the network has learned.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1810.03292"/>
/// <code>
/// similarity(M, Mˡ),   Mˡ of the network whose layers from the logits down to l have random weights
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new Randomization(MetricOptions.Default)] };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class Randomization(MetricOptions options) : ISaliencyMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request)
    {
        SaliencyRequest explained = request.Explained;
        Tensor original = HeatMaps.ToUnit(request.Heat);
        var values = Enumerable.Range(0, request.Count).Select(_ => new List<MetricValue>()).ToArray();
        using var random = new RandomizedNetwork(explained.Network, options.Seed);
        foreach (CnnLayer layer in random.Cascade())
        {
            explained.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            SaliencyResult result = request.Again(explained with { Network = random.Network });
            Tensor map = HeatMaps.ToUnit(HeatMaps.Of(result, request.Reduction, explained.Network.Input));
            double[] similar = StructuralSimilarity.Of(original, map);
            float[] before = original.ToFloats(), after = map.ToFloats();
            int plane = before.Length / request.Count;
            for (int i = 0; i < values.Length; i++)
            {
                double rank = RankCorrelation.Of(before.AsSpan(i * plane, plane), after.AsSpan(i * plane, plane));
                values[i].Add(new MetricValue(similar[i]) { Statistic = "Ssim", Layer = layer.Alias });
                values[i].Add(new MetricValue(rank) { Statistic = nameof(RankCorrelation), Layer = layer.Alias });
            }
        }
        return values;
    }
}
