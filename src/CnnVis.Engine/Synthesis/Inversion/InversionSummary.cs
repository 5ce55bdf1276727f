namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>Adds reconstructions up to a table by layer.</summary>
public sealed class InversionSummary
{
    private readonly List<string> _layers = [];
    private readonly Dictionary<string, List<CnnReconstruction>> _items = new(StringComparer.Ordinal);

    /// <summary>Takes a reconstruction.</summary>
    public void Add(CnnReconstruction item)
    {
        if (!_items.TryGetValue(item.Layer, out var items))
        {
            _items[item.Layer] = items = [];
            _layers.Add(item.Layer);
        }
        items.Add(item);
    }

    /// <summary>A line a layer, in the order in which they came.</summary>
    public IReadOnlyList<CnnReconstructionSummary> Rows()
    {
        double full = _items.Values.Select(i => Mean(i) + Deviation(i)).DefaultIfEmpty(0).Max();
        return [.. _layers.Select(layer =>
        {
            var items = _items[layer];
            return new CnnReconstructionSummary
            {
                Model = items[0].Model,
                Layer = layer,
                Count = items.Count,
                MeanError = Mean(items),
                ErrorDeviation = Deviation(items),
                PaperError = PaperError(items),
                MeanPsnr = Average(items, i => i.Psnr),
                MeanSsim = Average(items, i => i.Ssim),
                ClassAgreement = Average(items, i => i.ClassAgrees is { } agrees ? agrees ? 1 : 0 : null),
                FullBar = full,
            };
        })];
    }

    private static double Mean(List<CnnReconstruction> items) => items.Average(i => (double)i.Error);

    private static double Deviation(List<CnnReconstruction> items)
    {
        double mean = Mean(items);
        return items.Count > 1 ? Math.Sqrt(items.Sum(i => Math.Pow(i.Error - mean, 2)) / (items.Count - 1)) : 0;
    }

    private static double? PaperError(List<CnnReconstruction> items)
    {
        float[][] codes = [.. items.Select(i => i.Code).Distinct()];
        if (codes.Length < 2 || codes.Any(c => c.Length != codes[0].Length)) return null;
        double sum = 0;
        for (int i = 0; i < codes.Length; i++)
            for (int j = i + 1; j < codes.Length; j++) sum += Distance(codes[i], codes[j]);
        double apart = sum / (codes.Length * (codes.Length - 1) / 2.0);
        return apart > 0 ? items.Average(i => i.Error * Math.Sqrt(i.Code.Sum(v => (double)v * v))) / apart : null;
    }

    private static double Distance(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static double? Average(List<CnnReconstruction> items, Func<CnnReconstruction, double?> of) =>
        items.Select(of).OfType<double>().ToArray() is { Length: > 0 } known ? known.Average() : null;
}
