using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>
/// Names keypoints by their features: a linear support vector machine for each name against all others, the largest value wins (Long, Zhang and Darrell 2014, section 4). C is that of five folds over objects whose names are right most often, the smallest of equals.
/// </summary>
internal sealed class KeypointClassifier
{
    private const int Folds = 5;
    private static readonly double[] _costs = [0.01, 0.1, 1, 10, 100];

    private readonly string[] _names;
    private readonly LinearSvm[] _machines;

    private KeypointClassifier(string[] names, LinearSvm[] machines, double cost) => (_names, _machines, Cost) = (names, machines, cost);

    /// <summary>C.</summary>
    public double Cost { get; }

    /// <summary>Learns.</summary>
    /// <param name="examples">Features.</param>
    /// <param name="names">Their names.</param>
    /// <param name="objects">The objects that they belong to, which are not torn apart by folds.</param>
    /// <param name="cancellation">Ends it.</param>
    public static KeypointClassifier Train(IReadOnlyList<float[]> examples, IReadOnlyList<string> names, IReadOnlyList<int> objects, CancellationToken cancellation)
    {
        int[] numbers = [.. objects.Distinct()];
        var fold = numbers.Select((number, i) => (number, i)).ToDictionary(o => o.number, o => o.i % Folds);
        double best = _costs[0];
        int most = -1;
        if (numbers.Length >= 2)
            foreach (double cost in _costs)
            {
                int right = 0;
                for (int f = 0; f < Math.Min(Folds, numbers.Length); f++)
                {
                    int[] inside = [.. Enumerable.Range(0, examples.Count).Where(i => fold[objects[i]] != f)], outside = [.. Enumerable.Range(0, examples.Count).Where(i => fold[objects[i]] == f)];
                    KeypointClassifier tried = Train([.. inside.Select(i => examples[i])], [.. inside.Select(i => names[i])], cost, cancellation);
                    right += outside.Count(i => tried.Name(examples[i]) == names[i]);
                }
                if (right > most) (best, most) = (cost, right);
            }
        return Train(examples, names, best, cancellation);
    }

    /// <summary>The name that fits best.</summary>
    public string Name(float[] example)
    {
        int best = 0;
        for (int i = 1; i < _machines.Length; i++)
            if (_machines[i].Value(example) > _machines[best].Value(example)) best = i;
        return _names[best];
    }

    private static KeypointClassifier Train(IReadOnlyList<float[]> examples, IReadOnlyList<string> names, double cost, CancellationToken cancellation)
    {
        string[] kinds = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new KeypointClassifier(kinds, [.. kinds.Select(kind => LinearSvm.Train(examples, names.Select(n => n == kind).ToArray(), cost, cancellation: cancellation))], cost);
    }
}
