using CnnVis.Engine.Statistics;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>
/// Finds a keypoint by a linear detector at every unit of a layer (Long, Zhang and Darrell 2014, section 5): the unit nearest to the keypoint is a positive example, all others of the object are negative ones; both kinds count alike. Its values become
/// probabilities by values of objects that it had not learned from.
/// </summary>
internal sealed class KeypointDetector
{
    private const int Folds = 3;
    private const double Cost = 1;

    private readonly LinearSvm _machine;
    private readonly PlattScaling _scaling;
    private readonly int _layer;

    private KeypointDetector(LinearSvm machine, PlattScaling scaling, int layer) => (_machine, _scaling, _layer) = (machine, scaling, layer);

    /// <summary>Learns one kind of keypoint; null where fewer than two objects show it.</summary>
    /// <param name="objects">Objects to learn from.</param>
    /// <param name="kind">The keypoint's name.</param>
    /// <param name="layer">Which of the grids.</param>
    /// <param name="cancellation">Ends it.</param>
    public static KeypointDetector? Train(IReadOnlyList<ObjectFeatures> objects, string kind, int layer, CancellationToken cancellation)
    {
        ObjectFeatures[] seen = [.. objects.Where(o => o.Picture.Keypoints.ContainsKey(kind))];
        if (seen.Length < 2) return null;
        int folds = Math.Min(Folds, seen.Length);
        var values = new List<double>();
        var truth = new List<bool>();
        for (int f = 0; f < folds; f++)
        {
            LinearSvm machine = Learn(seen.Where((_, i) => i % folds != f));
            foreach (ObjectFeatures held in seen.Where((_, i) => i % folds == f))
                foreach (var (features, positive) in Examples(held))
                {
                    values.Add(machine.Value(features));
                    truth.Add(positive);
                }
        }
        return new KeypointDetector(Learn(seen), PlattScaling.Fit([.. values], [.. truth]), layer);

        LinearSvm Learn(IEnumerable<ObjectFeatures> from)
        {
            var (features, positive) = (new List<float[]>(), new List<bool>());
            foreach (var (example, shown) in from.SelectMany(Examples))
            {
                features.Add(example);
                positive.Add(shown);
            }
            return LinearSvm.Train(features, positive.ToArray(), Cost, balanced: true, cancellation: cancellation);
        }

        IEnumerable<(float[], bool)> Examples(ObjectFeatures o)
        {
            FeatureGrid grid = o.Features[layer];
            int right = grid.Grid.Nearest(o.Picture.Keypoints[kind].X, o.Picture.Keypoints[kind].Y);
            for (int unit = 0; unit < grid.Grid.Count; unit++) yield return (grid[unit].ToArray(), unit == right);
        }
    }

    /// <summary>The logarithm of the probability of each unit.</summary>
    public double[] LogProbabilities(ObjectFeatures o) => [.. Enumerable.Range(0, o.Features[_layer].Grid.Count).Select(u => Math.Log(Math.Max(1e-300, _scaling.Probability(_machine.Value(o.Features[_layer][u])))))];

    /// <summary>The logarithm of the prior of each unit: a mixture of Gaussians round the keypoint's places in the most similar objects; all units alike where none has it.</summary>
    public static double[] LogPrior(ObjectFeatures o, IEnumerable<ObjectFeatures> others, string kind, int layer, KeypointOptions options, CnnInput input)
    {
        UnitGrid grid = o.Features[layer].Grid;
        (double X, double Y)[] places = [.. o.Neighbors(others).Where(n => n.Picture.Keypoints.ContainsKey(kind)).Take(options.Neighbors).Select(n => n.Picture.Keypoints[kind])];
        return [.. Enumerable.Range(0, grid.Count).Select(unit => places.Length == 0 ? 0 : Math.Log(1e-12 + places.Average(place =>
        {
            double x = (grid.X(unit % grid.Columns) - place.X) / (options.PriorDeviation * input.Width), y = (grid.Y(unit / grid.Columns) - place.Y) / (options.PriorDeviation * input.Height);
            return Math.Exp(-(x * x + y * y) / 2);
        })))];
    }
}
