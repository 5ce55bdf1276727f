using CnnVis.Engine.Targets;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// The score of the class while pixels change, those first that the map has most of, the first of equals by place (Petsiuk, Das and Saenko 2018,
/// section 3.3): its value is the area under the curve over the share of pixels, by the trapezoidal rule. The probability is drawn unless the logit is asked for.
/// </summary>
/// <param name="steps">Steps of the curve; at most one a pixel.</param>
public abstract class RankedPixels(int steps) : ISaliencyMetric
{
    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request)
    {
        using var none = no_grad();
        var explained = request.Explained;
        var target = request.Class(request.Score ?? ClassScore.Probability);
        var (first, last) = Ends(request);
        Tensor ranks = Ranks(request.Heat); // [N, 1, H, W]
        int pixels = (int)(ranks.shape[2] * ranks.shape[3]), parts = Math.Min(steps, pixels), together = Math.Max(1, explained.BatchSize / explained.Count);
        int[] changed = [.. Enumerable.Range(0, parts + 1).Select(i => (int)((long)i * pixels / parts))];
        var curves = Enumerable.Range(0, request.Count).Select(_ => new List<SaliencyCurvePoint>()).ToArray();
        foreach (int[] some in changed.Chunk(together))
        {
            explained.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor mixed = cat([.. some.Select(count => where(ranks < count, last, first))]);
            float[] scores = Scores.Of(explained.Network, mixed, [target], explained.Cancellation)[0].cpu().data<float>().ToArray();
            for (int i = 0; i < scores.Length; i++) curves[i % request.Count].Add(new SaliencyCurvePoint((double)some[i / request.Count] / pixels, scores[i]));
        }
        return [.. curves.Select(c => (IReadOnlyList<MetricValue>)[new MetricValue(Area(c)) { Points = [.. c] }])];
    }

    /// <summary>The pictures before any pixel has changed and after all have, [N, C, H, W].</summary>
    protected abstract (Tensor First, Tensor Last) Ends(MetricRequest request);

    private static double Area(List<SaliencyCurvePoint> curve) =>
        curve.Zip(curve.Skip(1), (a, b) => (b.Share - a.Share) * (a.Score + b.Score) / 2).Sum();

    private static Tensor Ranks(Tensor heat)
    {
        float[] values = heat.ToFloats();
        int plane = (int)(heat.shape[1] * heat.shape[2]);
        int[] ranks = new int[values.Length];
        for (int start = 0; start < values.Length; start += plane)
        {
            int rank = 0;
            foreach (int place in Enumerable.Range(start, plane).OrderByDescending(i => values[i])) ranks[place] = rank++; // a stable sort
        }
        return tensor(ranks, [heat.shape[0], 1, heat.shape[1], heat.shape[2]], device: heat.device);
    }
}
