using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Zhang et al. 2016, section 4.2: 1 where the map's maximum lies in a box of the class, or within the tolerance beside it, and 0 where it does not. Of equal
/// maxima the first by place counts. The paper's tolerance is 15 pixels on photos of about 500; here it is 0 unless another one is asked for.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1608.00507"/>
/// <code>
/// 1 if argmax M lies in a box of the class, else 0; the mean is hits / (hits + misses)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// string file = Path.GetTempFileName();
/// File.WriteAllText(file, "image,x,y,width,height\nchelsea.png,100,50,250,200\n");
/// BoxTable boxes = BoxTable.Read(file);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new PointingGame(MetricOptions.Default)], Boxes = boxes };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class PointingGame(MetricOptions options) : ISaliencyMetric
{
    /// <inheritdoc/>
    public bool NeedsBoxes => true;

    /// <inheritdoc/>
    public bool IsHit => true;

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request)
    {
        float[] heat = request.Heat.ToFloats();
        int width = (int)request.Heat.shape[2], plane = heat.Length / request.Count;
        return MetricValue.Each(request.Places, (places, i) =>
        {
            var (row, column) = Math.DivRem(heat.AsSpan(i * plane, plane).PlaceOfLargest(), width);
            return places.Distance(column, row) <= options.Tolerance ? 1.0 : 0;
        });
    }
}
