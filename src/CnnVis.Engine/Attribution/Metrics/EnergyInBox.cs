using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Attribution.Metrics;

/// <summary>
/// Wang et al. 2020 (Score-CAM), section 4.3, the energy-based pointing game: the share of the map's positive part that lies in the boxes of the class. A pixel
/// lies where its centre does. NaN for a map that is nowhere positive.
/// </summary>
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
