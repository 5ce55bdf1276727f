using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Wang et al. 2020 (Score-CAM), section 4.3, the energy-based pointing game: the share of the map's positive part that lies in the boxes of the class. A pixel
/// lies where its centre does. NaN for a map that is nowhere positive.
/// </summary>
/// <remarks>
/// <see href="https://arxiv.org/abs/1910.01279"/>
/// <code>
/// Σ_box max(M, 0) / Σ max(M, 0)
/// </code>
/// </remarks>
/// <example>
/// <code>
/// Network network = ModelCatalog.Get("alexnet64");
/// using var stream = new ImageStream(network, batchSize: 8, default);
/// string file = Path.GetTempFileName();
/// File.WriteAllText(file, "image,x,y,width,height\nchelsea.png,100,50,250,200\n");
/// BoxTable boxes = BoxTable.Read(file);
/// var query = new MetricQuery { Methods = [new GradCam(SaliencyOptions.Default)], Metrics = [new EnergyInBox(MetricOptions.Default)], Boxes = boxes };
/// foreach (ImageBatch batch in stream.Batches([ImageSource.Of("examples/photos/chelsea.png")]))
///     foreach (SaliencyMeasure measure in new SaliencyMeasurement(network, query).Measure(batch).SelectMany(m => m.Measures)) Console.WriteLine(measure);
/// </code>
/// </example>
public sealed class EnergyInBox : ISaliencyMetric
{
    /// <param name="options">Not used.</param>
    public EnergyInBox(MetricOptions options) => _ = options;

    /// <inheritdoc/>
    public bool NeedsBoxes => true;

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<MetricValue>> Measure(MetricRequest request)
    {
        float[] heat = request.Heat.ToFloats();
        int width = (int)request.Heat.shape[2], plane = heat.Length / request.Count;
        return MetricValue.Each(request.Places, (places, i) =>
        {
            double within = 0, all = 0;
            for (int place = 0; place < plane; place++)
            {
                double energy = Math.Max(heat[i * plane + place], 0);
                all += energy;
                if (energy > 0 && places.Contains(place % width, place / width)) within += energy;
            }
            return all > 0 ? within / all : double.NaN;
        });
    }
}
