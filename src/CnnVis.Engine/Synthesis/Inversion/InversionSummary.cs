namespace CnnVis.Engine.Synthesis.Inversion;

/// <summary>Adds reconstructions up to a table by layer. Of each it keeps a few numbers, and codes of the first pictures only, so that memory does not follow the number of pictures.</summary>
public sealed class InversionSummary
{
    /// <summary>Codes whose distances from one another stand for those of all.</summary>
    private const int MostCodes = 100;

    private readonly List<string> _layers = [];
    private readonly Dictionary<string, LayerItems> _items = new(StringComparer.Ordinal);

    /// <summary>Takes a reconstruction.</summary>
    public void Add(CnnReconstruction item)
    {
        if (!_items.TryGetValue(item.Layer, out var items))
        {
            _items[item.Layer] = items = new LayerItems(item.Model, item.Origin);
            _layers.Add(item.Layer);
        }
        items.Numbers.Add(new ItemNumbers(item.Error, item.Error * Math.Sqrt(item.Code.ToArray().Sum(v => (double)v * v)), item.Psnr, item.Ssim, item.ClassAgrees));
        if (items.Codes.Count < MostCodes && !items.Codes.Contains(item.Code)) items.Codes.Add(item.Code);
    }

    /// <summary>A line a layer, in the order in which they came.</summary>
    public IReadOnlyList<CnnReconstructionSummary> Rows()
    {
        double full = _items.Values.Select(i => Mean(i) + Deviation(i)).DefaultIfEmpty(0).Max();
        return [.. _layers.Select(layer =>
        {
            LayerItems items = _items[layer];
            return new CnnReconstructionSummary
            {
                Origin = items.Origin,
                Model = items.Model,
                Layer = layer,
                Count = items.Numbers.Count,
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

    private static double Mean(LayerItems items) => items.Numbers.Average(i => i.Error);

    private static double Deviation(LayerItems items)
    {
        double mean = Mean(items);
        return items.Numbers.Count > 1 ? Math.Sqrt(items.Numbers.Sum(i => Math.Pow(i.Error - mean, 2)) / (items.Numbers.Count - 1)) : 0;
    }

    private static double? PaperError(LayerItems items)
    {
        var codes = items.Codes;
        if (codes.Count < 2 || codes.Any(c => c.Length != codes[0].Length)) return null;
        double sum = 0;
        for (int i = 0; i < codes.Count; i++)
            for (int j = i + 1; j < codes.Count; j++) sum += Distance(codes[i], codes[j]);
        double apart = sum / (codes.Count * (codes.Count - 1) / 2.0);
        return apart > 0 ? items.Numbers.Average(i => i.Distance) / apart : null;
    }

    private static double Distance(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static double? Average(LayerItems items, Func<ItemNumbers, double?> of) =>
        items.Numbers.Select(of).OfType<double>().ToArray() is { Length: > 0 } known ? known.Average() : null;

    private sealed record LayerItems(string Model, Origin? Origin)
    {
        public List<ItemNumbers> Numbers { get; } = [];

        public List<float[]> Codes { get; } = []; // each once
    }

    /// <param name="Error">‖φ(x) − φ₀‖ / ‖φ₀‖.</param>
    /// <param name="Distance">‖φ(x) − φ₀‖.</param>
    /// <param name="Psnr">In decibels.</param>
    /// <param name="Ssim">Structural similarity.</param>
    /// <param name="ClassAgrees">Whether both classes are one.</param>
    private sealed record ItemNumbers(double Error, double Distance, double? Psnr, double? Ssim, bool? ClassAgrees);
}
