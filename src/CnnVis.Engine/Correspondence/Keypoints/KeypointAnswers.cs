namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>What came out for one class, layer and method: by object and keypoint, whether it was right, or how far off.</summary>
internal sealed class KeypointAnswers
{
    private const int Samples = 1000;
    private readonly List<(int Object, string Kind, double Error)> _answers = [];

    /// <summary>Adds an answer.</summary>
    /// <param name="object">The object's number.</param>
    /// <param name="kind">The keypoint's name.</param>
    /// <param name="error">How far off it is, as a share of the box; 0 or infinity for names.</param>
    public void Add(int @object, string kind, double error) => _answers.Add((@object, kind, error));

    /// <summary>Answers.</summary>
    public int Points => _answers.Count;

    /// <summary>Objects.</summary>
    public int Objects => _answers.Select(a => a.Object).Distinct().Count();

    /// <summary>Kinds of keypoints.</summary>
    public int Kinds => _answers.Select(a => a.Kind).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Share of the answers within a limit, by kind and then the mean over kinds.</summary>
    public double Within(double limit) => Mean(limit, null);

    /// <summary>The same of samples of the objects, drawn with replacement; null where there are fewer than two.</summary>
    public double[]? Resampled(double limit, int seed)
    {
        int[] objects = [.. _answers.Select(a => a.Object).Distinct()];
        if (objects.Length < 2) return null;
        var random = new Random(seed);
        double[] shares = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            var times = new Dictionary<int, int>();
            for (int k = 0; k < objects.Length; k++)
            {
                int drawn = objects[random.Next(objects.Length)];
                times[drawn] = times.GetValueOrDefault(drawn) + 1;
            }
            shares[i] = Mean(limit, times);
        }
        return shares;
    }

    private double Mean(double limit, Dictionary<int, int>? times)
    {
        var kinds = new Dictionary<string, (double Right, double All)>(StringComparer.Ordinal);
        foreach (var (number, kind, error) in _answers)
        {
            int weight = times is null ? 1 : times.GetValueOrDefault(number);
            if (weight == 0) continue;
            var (right, all) = kinds.GetValueOrDefault(kind);
            kinds[kind] = (right + (error <= limit ? weight : 0), all + weight);
        }
        return kinds.Count == 0 ? double.NaN : kinds.Values.Average(k => k.Right / k.All);
    }
}
