namespace CnnVis.Engine.Codes;

/// <summary>
/// How typical pictures are of what they show, to a network: the cosine of a picture's code and the mean code of the other pictures of its class, in [−1, 1]. The picture itself is left out of the mean, or small
/// classes would look typical throughout. It comes from the network whose errors it is set beside, so it tells where these are, and is no cause of them.
/// </summary>
public sealed class Typicality
{
    private readonly Dictionary<string, CnnCode> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _sums = new(StringComparer.Ordinal);

    /// <summary>Takes a picture into its class; one without a label has none.</summary>
    public void Add(CnnCode code)
    {
        if (code.Label is null || code.Path is not { } path || !_codes.TryAdd(path, code)) return;
        if (!_sums.TryGetValue(code.Label, out double[]? sum)) _sums[code.Label] = sum = new double[code.Values.Length];
        for (int i = 0; i < sum.Length; i++) sum[i] += code.Values[i];
    }

    /// <summary>That of a picture, once all were added; null where nothing is known of it, it is the only one of its class, or a code is zero.</summary>
    public double? Of(string path)
    {
        if (!_codes.TryGetValue(path, out CnnCode? code)) return null;
        double[] sum = _sums[code.Label!];
        double product = 0, own = 0, others = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            double value = code.Values[i], rest = sum[i] - value;
            product += value * rest;
            own += value * value;
            others += rest * rest;
        }
        return own > 0 && others > 0 ? product / Math.Sqrt(own * others) : null;
    }
}
