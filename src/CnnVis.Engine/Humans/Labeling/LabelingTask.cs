using System.IO.Hashing;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CnnVis.Engine.Codes;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Pages;
using CnnVis.Engine.Predictions;

namespace CnnVis.Engine.Humans.Labeling;

/// <summary>
/// Makes the page in which a person labels pictures as networks do (Russakovsky et al. 2014, section 6.4, and Karpathy's page): one HTML file that holds everything and asks for nothing from any network.
/// </summary>
public sealed class LabelingTask
{
    private const int Predictions = 5, CodedExamples = 3, RoomForThePage = 200_000;

    private readonly LabelingRequest _request;
    private readonly Action<CnnVisException> _report;
    private readonly Action<double, string> _progress;
    private readonly CancellationToken _cancellation;
    private readonly string[] _labels;
    private readonly Dictionary<string, int> _numbers;

    private LabelingTask(LabelingRequest request, Action<CnnVisException> report, Action<double, string> progress, CancellationToken cancellation)
    {
        (_request, _report, _progress, _cancellation) = (request, report, progress, cancellation);
        foreach (Network other in request.Networks.Skip(1))
            if (!other.Classes.SequenceEqual(request.Networks[0].Classes)) throw new CnnVisException(ErrorIds.InvalidArgument, $"{other.Name} has other classes than {request.Networks[0].Name}: a person chooses among one list.", other);
        _labels = request.Networks is [var first, ..] ? Distinct(first.Classes) : [.. request.Pictures.Concat(request.Examples).Select(p => p.Label.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        if (_labels.Length < 2) throw new CnnVisException(ErrorIds.InvalidArgument, $"{(_labels.Length == 0 ? "No picture has a label" : $"All pictures show '{_labels[0]}'")}, so that there is nothing to choose. Say what they show with -LabelPath or folders named after classes, and name a network with -Model for its classes.");
        _numbers = _labels.Select((l, i) => (l, i)).ToDictionary(l => l.l, l => l.i, StringComparer.Ordinal);
    }

    /// <summary>Writes the page.</summary>
    /// <param name="request">What it is made of.</param>
    /// <param name="stream">Where it goes; left open.</param>
    /// <param name="report">Told of each picture that is left out, and why.</param>
    /// <param name="progress">Told how far it is, and with what.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What one should know of it: fewer pictures than asked for, examples that are missing.</returns>
    /// <exception cref="CnnVisException">There is nothing to choose, or the pictures alone are more than the page may be.</exception>
    public static IReadOnlyList<string> Write(LabelingRequest request, Stream stream, Action<CnnVisException> report, Action<double, string> progress, CancellationToken cancellation = default) =>
        new LabelingTask(request, report, progress, cancellation).Write(stream);

    private List<string> Write(Stream stream)
    {
        List<string> notes = [];
        Item[] items = Choose(notes);
        long used = items.Sum(i => (long)i.Source.Length) + RoomForThePage + _labels.Sum(l => 60L + l.Length);
        if (used > _request.MaximumBytes)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"{items.Length} pictures take {used / 1e6:F1} MB, more than the {_request.MaximumBytes / 1e6:F1} MB that the page may have: take fewer (-Count), smaller ones (-PictureSize), or allow more (-MaximumSize).");
        ILookup<int, string> examples = Examples(items);
        double[][] predictions = [.. _request.Networks.SelectMany(n => Ask(n, items))];
        Class[] classes = [.. Ordered(examples)];
        AddStrips(classes, examples, _request.MaximumBytes - used);
        if (_request.ExamplesPerClass > 0 && classes.Count(c => c.Examples == 0) is > 0 and var without) notes.Add($"{without} of {classes.Length} classes have no example picture: name folders of them, called after the classes, with -ExamplePath.");
        stream.Write(Encoding.UTF8.GetBytes(Html(items, classes, predictions)));
        return notes;
    }

    /// <summary>Names of which each is one class's: where two classes share theirs, numbers tell them apart (ImageNet has two cranes).</summary>
    private static string[] Distinct(IReadOnlyList<string> classes)
    {
        HashSet<string> twice = [.. classes.GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key)];
        return [.. classes.Select((c, i) => twice.Contains(c) ? $"{c} ({i})" : c)];
    }

    private int Number(string label)
    {
        if (_request.Networks is [var network, ..]) return network.Class(label.Trim());
        int found = Array.FindIndex(_labels, l => l.Equals(label.Trim(), StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? found : throw new CnnVisException(ErrorIds.ClassNotFound, $"There is no class '{label}'.", label);
    }

    /// <summary>Pictures by the seed: first those of training, then those that count.</summary>
    private Item[] Choose(List<string> notes)
    {
        (string Path, string Label)[] all = [.. _request.Pictures.DistinctBy(p => p.Path)];
        new Random(_request.Seed).Shuffle(all);
        string root = Root(all);
        List<Item> items = [];
        int wanted = _request.Count + _request.TrainingCount;
        foreach (var (path, label) in all)
        {
            if (items.Count == wanted) break;
            _cancellation.ThrowIfCancellationRequested();
            try
            {
                int truth = Number(label);
                var (source, side) = EmbeddedPicture.Photo(path, _request.PictureSide);
                int[] acceptable = [.. (_request.Acceptable?.AllOf(path) ?? []).Select(Number).Distinct().Order()];
                items.Add(new Item(path, path[root.Length..].Replace('\\', '/'), source, side, truth, acceptable));
                _progress((double)items.Count / wanted, $"{items.Count} of {wanted} pictures");
            }
            catch (CnnVisException error)
            {
                _report(error);
            }
        }
        if (items.Count == 0) throw new CnnVisException(ErrorIds.NoImages, "None of the pictures can be used.");
        int training = Math.Clamp(items.Count - _request.Count, 0, _request.TrainingCount);
        if (items.Count < wanted) notes.Add($"There are {items.Count} pictures where {wanted} were asked for: {items.Count - training} count, {training} are for training.");
        return [.. items.Select((item, i) => item with { IsTraining = i < training })];
    }

    /// <summary>What all paths begin with, up to a separator: the page tells nobody where its maker keeps pictures.</summary>
    private static string Root((string Path, string Label)[] all)
    {
        string common = Path.GetDirectoryName(all[0].Path) + Path.DirectorySeparatorChar;
        foreach (var (path, _) in all)
            while (!path.StartsWith(common, StringComparison.Ordinal)) common = common[..(common.TrimEnd('/', '\\').LastIndexOfAny(['/', '\\']) + 1)];
        return common;
    }

    private ILookup<int, string> Examples(Item[] items)
    {
        HashSet<string> used = [.. items.Select(i => i.Path)];
        (string Path, string Label)[] free = [.. _request.Examples.Where(e => !used.Contains(e.Path))];
        new Random(_request.Seed).Shuffle(free);
        Dictionary<string, int?> known = new(StringComparer.Ordinal);
        return free.Select(e => (Number: Known(e.Label), e.Path)).Where(e => e.Number is not null).ToLookup(e => e.Number!.Value, e => e.Path);

        int? Known(string label)
        {
            if (known.TryGetValue(label, out int? number)) return number;
            try
            {
                number = Number(label);
            }
            catch (CnnVisException)
            {
                // A folder that is no class.
            }
            return known[label] = number;
        }
    }

    /// <summary>The five most probable classes of each picture by a network, as number and probability in turn.</summary>
    private double[][] Ask(Network network, Item[] items)
    {
        var predictor = new Predictor(network, Predictions);
        double[][] found = [.. items.Select(_ => Array.Empty<double>())];
        ILookup<string, int> places = items.Select((item, i) => (item.Path, i)).ToLookup(p => p.Path, p => p.i, StringComparer.Ordinal);
        using var stream = new ImageStream(network, _request.BatchSize, _cancellation);
        int done = 0;
        foreach (ImageBatch batch in stream.Batches(items.Select(i => new ImageSource(i.Path))))
        {
            IReadOnlyList<CnnPrediction> predictions = predictor.Predict(batch, _cancellation);
            batch.InOrder(_report, (image, index) =>
            {
                foreach (int place in places[image.Path]) found[place] = [.. predictions[index].Top.SelectMany(c => new[] { c.Index, Math.Round(c.Probability, 4) })];
            });
            _progress((double)(done += batch.Count) / items.Length, $"{network.Name} about {done} of {items.Length} pictures");
        }
        return found;
    }

    /// <summary>The classes in the order in which they are listed.</summary>
    private IEnumerable<Class> Ordered(ILookup<int, string> examples)
    {
        if (_request.Tree is { } tree) return tree.Order(_labels).Select(c => new Class(_numbers[c.Name], c.Name, c.Group));
        int[] order = _request.Coder is { } coder && examples.Count > 2 ? ByCodes(coder, examples) : [.. Enumerable.Range(0, _labels.Length).OrderBy(i => _labels[i], StringComparer.OrdinalIgnoreCase)];
        return order.Select(i => new Class(i, _labels[i], ""));
    }

    private int[] ByCodes(Network coder, ILookup<int, string> examples)
    {
        var reader = new CodeReader(coder, [CodeLayer.Of(coder)], _ => null);
        (int Class, string Path)[] asked = [.. examples.SelectMany(e => e.Take(CodedExamples).Select(path => (e.Key, path)))];
        ILookup<string, int> classes = asked.ToLookup(a => a.Path, a => a.Class, StringComparer.Ordinal);
        Dictionary<int, float[]> sums = [];
        using var stream = new ImageStream(coder, _request.BatchSize, _cancellation);
        int done = 0;
        foreach (ImageBatch batch in stream.Batches(classes.Select(c => new ImageSource(c.Key))))
        {
            var codes = reader.Read(batch, _cancellation);
            batch.InOrder(_ => { }, (image, index) =>
            {
                float[] values = codes[index][0].Values;
                foreach (int number in classes[image.Path])
                {
                    if (!sums.TryGetValue(number, out float[]? sum)) sums[number] = sum = new float[values.Length];
                    for (int i = 0; i < values.Length; i++) sum[i] += values[i];
                }
            });
            _progress((double)(done += batch.Count) / asked.Length, $"codes of {done} of {asked.Length} examples");
        }
        int[] coded = [.. sums.Keys.OrderBy(i => _labels[i], StringComparer.OrdinalIgnoreCase)];
        int[] order = ClassClusters.Order([.. coded.Select(i => sums[i])], _cancellation);
        return [.. order.Select(i => coded[i]), .. Enumerable.Range(0, _labels.Length).Where(i => !sums.ContainsKey(i)).OrderBy(i => _labels[i], StringComparer.OrdinalIgnoreCase)];
    }

    private void AddStrips(Class[] classes, ILookup<int, string> examples, long characters)
    {
        if (_request.ExamplesPerClass == 0) return;
        for (int i = 0; i < classes.Length; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            (classes[i].Strip, classes[i].Examples) = EmbeddedPicture.Strip(examples[classes[i].Number], _request.ExamplesPerClass, _request.ThumbnailSide, characters / (classes.Length - i));
            characters -= classes[i].Strip?.Length ?? 0;
            _progress((double)(i + 1) / classes.Length, $"examples of {i + 1} of {classes.Length} classes");
        }
    }

    private string Html(Item[] items, Class[] classes, double[][] predictions)
    {
        int[] places = new int[classes.Length];
        for (int i = 0; i < classes.Length; i++) places[classes[i].Number] = i;
        string version = typeof(LabelingTask).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
        object[] shown = [.. items.Select((item, i) => new
        {
            image = item.Image,
            src = item.Source,
            side = item.Side,
            truth = places[item.Truth],
            acceptable = item.Acceptable.Select(a => places[a]),
            training = item.IsTraining,
            predictions = Enumerable.Range(0, _request.Networks.Count).Select(n => predictions[n * items.Length + i].Chunk(2).Select(p => new[] { places[(int)p[0]], p[1] })),
        })];
        string id = Convert.ToHexStringLower(XxHash128.Hash(JsonSerializer.SerializeToUtf8Bytes(new { _request.Title, _request.Guesses, shown, names = classes.Select(c => c.Name) })));
        string data = PageTemplate.Json(new
        {
            id,
            title = _request.Title,
            guesses = _request.Guesses,
            tool = $"CnnVis {version}",
            seed = _request.Seed,
            thumbnail = _request.ThumbnailSide,
            classes = classes.Select(c => new { name = c.Name, group = c.Group, strip = c.Strip, examples = c.Examples }),
            networks = _request.Networks.Select(n => n.Name),
            errorTypes = _request.ErrorTypes,
            items = shown,
        });
        return PageTemplate.Render("labeling-task.html", new { Title = _request.Title, Style = PageTemplate.Text("labeling-task.css"), Script = PageTemplate.Text("labeling-task.js"), Data = data });
    }

    private sealed record Item(string Path, string Image, string Source, int Side, int Truth, int[] Acceptable, bool IsTraining = false);

    private sealed class Class(int number, string name, string group)
    {
        public int Number => number;

        public string Name => name;

        public string Group => group;

        public string? Strip { get; set; }

        public int Examples { get; set; }
    }
}
