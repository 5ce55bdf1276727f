using CnnVis.Engine.Models;

namespace CnnVis.Engine.Correspondence.Keypoints;

/// <summary>What features know about keypoints, class by class: the three tasks of Long, Zhang and Darrell 2014, each beside its controls. What learns does so from half of the objects of a class (those of one picture stay together) and is asked about the other, both ways.</summary>
public sealed class KeypointMeasurement
{
    private readonly Network _network;
    private readonly IReadOnlyList<CnnLayer> _layers;
    private readonly KeypointOptions _options;

    /// <param name="network">The network.</param>
    /// <param name="layers">Layers whose features are asked.</param>
    /// <param name="options">What is asked.</param>
    public KeypointMeasurement(Network network, IReadOnlyList<CnnLayer> layers, KeypointOptions options) => (_network, _layers, _options) = (network, layers, options);

    /// <summary>The measures, by task, class, layer and method, the means over classes last; classes that say nothing are left out.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="failed">Takes what is wrong with single objects and classes.</param>
    /// <param name="progress">Takes the share that is done.</param>
    /// <param name="cancellation">Ends it.</param>
    public IReadOnlyList<KeypointMeasure> Measure(IReadOnlyList<KeypointObject> objects, Action<CnnVisException> failed, Action<double> progress, CancellationToken cancellation = default)
    {
        var answers = new Dictionary<(KeypointTask Task, string Class, int Layer, KeypointMethod Method), KeypointAnswers>();
        using RandomizedNetwork random = RandomizedNetwork.Whole(_network, _options.Seed);
        var classes = objects.GroupBy(o => o.Class, StringComparer.Ordinal).OrderBy(c => c.Key, StringComparer.Ordinal).ToArray();
        for (int c = 0; c < classes.Length; c++)
        {
            KeypointObject[] members = [.. classes[c]];
            string name = classes[c].Key;
            if (members.Length < 2)
            {
                failed(new CnnVisException(ErrorIds.InvalidArgument, $"There is one object of the class '{name}': nothing can be learned from others. Give two at least.", name));
                continue;
            }
            int part = 0;
            foreach (var (network, method) in ((Network, KeypointMethod)[])[(_network, KeypointMethod.Network), (random.Network, KeypointMethod.RandomWeights)])
            {
                // One layer at a time, so that memory holds one layer's features of one class.
                for (int layer = 0; layer < _layers.Count; layer++)
                {
                    ObjectFeatures[] read = [.. new ObjectReader(network, [_layers[layer]], _options.BatchSize).Read(members, method == KeypointMethod.Network && layer == 0 ? failed : _ => { }, cancellation)];
                    if (read.Length < 2) continue;
                    foreach (KeypointTask task in _options.Tasks) Ask(task, read, method, (m, error) => Answers(task, name, layer, m).Add(error.Object, error.Kind, error.Error), cancellation);
                    progress((c + ++part / (2.0 * _layers.Count)) / classes.Length);
                }
            }
        }
        return Measures(answers);

        KeypointAnswers Answers(KeypointTask task, string name, int layer, KeypointMethod method)
        {
            if (!answers.TryGetValue((task, name, layer, method), out KeypointAnswers? own)) answers[(task, name, layer, method)] = own = new KeypointAnswers();
            return own;
        }
    }

    private void Ask(KeypointTask task, ObjectFeatures[] objects, KeypointMethod method, Action<KeypointMethod, (int Object, string Kind, double Error)> answer, CancellationToken cancellation)
    {
        switch (task)
        {
            case KeypointTask.Transfer:
                Transfer(objects, method, answer, cancellation);
                break;
            case KeypointTask.Classification:
                Classify(objects, method, answer, cancellation);
                break;
            default:
                Predict(objects, method, answer, cancellation);
                break;
        }
    }

    private void Transfer(ObjectFeatures[] objects, KeypointMethod method, Action<KeypointMethod, (int Object, string Kind, double Error)> answer, CancellationToken cancellation)
    {
        for (int i = 0; i < objects.Length; i++)
        {
            ObjectFeatures target = objects[i];
            var (aligned, still) = KeypointTransfer.Find(target, objects.Where(o => o.Picture.Object.Path != target.Picture.Object.Path), 0, _options, cancellation);
            foreach (var (kind, place) in aligned) answer(method, (i, kind, target.Picture.RelativeDistance(place, target.Picture.Keypoints[kind])));
            if (method != KeypointMethod.Network) continue;
            foreach (var (kind, place) in still) answer(KeypointMethod.NoAlignment, (i, kind, target.Picture.RelativeDistance(place, target.Picture.Keypoints[kind])));
        }
    }

    private void Classify(ObjectFeatures[] objects, KeypointMethod method, Action<KeypointMethod, (int Object, string Kind, double Error)> answer, CancellationToken cancellation)
    {
        bool[] half = Halves(objects);
        foreach (bool asked in (bool[])[false, true])
        {
            var examples = Examples(asked: !asked);
            if (examples.Count == 0) continue;
            Name(KeypointClassifier.Train([.. examples.Select(e => e.Features)], [.. examples.Select(e => e.Kind)], [.. examples.Select(e => e.Object)], cancellation), method);
            if (method != KeypointMethod.Network) continue;
            string[] shuffled = [.. examples.Select(e => e.Kind)];
            new Random(_options.Seed).Shuffle(shuffled);
            Name(KeypointClassifier.Train([.. examples.Select(e => e.Features)], shuffled, [.. examples.Select(e => e.Object)], cancellation), KeypointMethod.ShuffledLabels);

            void Name(KeypointClassifier classifier, KeypointMethod by)
            {
                foreach (var (number, kind, features) in Examples(asked)) answer(by, (number, kind, classifier.Name(features) == kind ? 0 : double.PositiveInfinity));
            }
        }

        List<(int Object, string Kind, float[] Features)> Examples(bool asked) =>
            [.. Enumerable.Range(0, objects.Length).Where(i => half[i] == asked).SelectMany(i => objects[i].Picture.Keypoints.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => (i, k.Key, objects[i].At(0, k.Value))))];
    }

    private void Predict(ObjectFeatures[] objects, KeypointMethod method, Action<KeypointMethod, (int Object, string Kind, double Error)> answer, CancellationToken cancellation)
    {
        bool[] half = Halves(objects);
        foreach (bool asked in (bool[])[false, true])
        {
            ObjectFeatures[] known = [.. objects.Where((_, i) => half[i] != asked)];
            foreach (string kind in known.SelectMany(o => o.Picture.Keypoints.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                if (KeypointDetector.Train(known, kind, 0, cancellation) is not { } detector) continue;
                for (int i = 0; i < objects.Length; i++)
                {
                    if (half[i] != asked || !objects[i].Picture.Keypoints.ContainsKey(kind)) continue;
                    double[] seen = detector.LogProbabilities(objects[i]);
                    Answer(method, i, seen);
                    if (method != KeypointMethod.Network) continue;
                    double[] prior = KeypointDetector.LogPrior(objects[i], known, kind, 0, _options, _network.Input);
                    Answer(KeypointMethod.WithPrior, i, [.. seen.Zip(prior, (a, b) => a + b)]);
                    Answer(KeypointMethod.PriorOnly, i, prior);
                }

                void Answer(KeypointMethod by, int number, double[] logarithms)
                {
                    ObjectFeatures o = objects[number];
                    UnitGrid grid = o.Features[0].Grid;
                    int best = Array.IndexOf(logarithms, logarithms.Max());
                    answer(by, (number, kind, o.Picture.RelativeDistance((grid.X(best % grid.Columns), grid.Y(best / grid.Columns)), o.Picture.Keypoints[kind])));
                }
            }
        }
    }

    /// <summary>Which half of the objects each is in; those of one picture are in the same.</summary>
    private bool[] Halves(ObjectFeatures[] objects)
    {
        string[] pictures = [.. objects.Select(o => o.Picture.Object.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        new Random(_options.Seed).Shuffle(pictures);
        HashSet<string> first = [.. pictures.Take((pictures.Length + 1) / 2)];
        return [.. objects.Select(o => !first.Contains(o.Picture.Object.Path))];
    }

    private KeypointMeasure[] Measures(Dictionary<(KeypointTask Task, string Class, int Layer, KeypointMethod Method), KeypointAnswers> answers)
    {
        var measures = new List<KeypointMeasure>();
        foreach (var group in answers.Where(a => a.Value.Points > 0).OrderBy(a => a.Key.Task).GroupBy(a => (a.Key.Task, a.Key.Layer, a.Key.Method)).OrderBy(g => g.Key.Task).ThenBy(g => g.Key.Layer).ThenBy(g => g.Key.Method))
        {
            var (task, layer, method) = group.Key;
            double limit = task == KeypointTask.Classification ? 0 : 0.1;
            var own = group.OrderBy(a => a.Key.Class, StringComparer.Ordinal).Select(a => (a.Key.Class, a.Value, Samples: a.Value.Resampled(limit, _options.Seed))).ToArray();
            foreach (var (name, found, samples) in own) measures.Add(Of(name, [(found, samples)]));
            if (own.Length > 1) measures.Add(Of("mean", [.. own.Select(o => (o.Value, o.Samples))]));

            KeypointMeasure Of(string name, (KeypointAnswers Answers, double[]? Samples)[] classes)
            {
                double[]? all = classes.Any(c => c.Samples is null) ? null : [.. Enumerable.Range(0, classes[0].Samples!.Length).Select(i => classes.Average(c => c.Samples![i])).Order()];
                return new KeypointMeasure
                {
                    Origin = _network.Origin,
                    Model = _network.Name,
                    Task = task,
                    Class = name,
                    Layer = _layers[layer].Alias,
                    Method = method,
                    Count = classes.Sum(c => c.Answers.Objects),
                    Points = classes.Sum(c => c.Answers.Points),
                    Kinds = classes.Sum(c => c.Answers.Kinds),
                    Accuracy = classes.Average(c => c.Answers.Within(limit)),
                    AccuracyLower = all?[(int)(0.025 * all.Length)] ?? double.NaN,
                    AccuracyUpper = all?[(int)(0.975 * all.Length)] ?? double.NaN,
                    Pck05 = task == KeypointTask.Classification ? double.NaN : classes.Average(c => c.Answers.Within(0.05)),
                    Pck025 = task == KeypointTask.Classification ? double.NaN : classes.Average(c => c.Answers.Within(0.025)),
                };
            }
        }
        return measures.ToArray();
    }
}
