using System.Collections.Concurrent;
using CnnVis.Engine.Graphs;
using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Graphs.Walks;
using CnnVis.Engine.Models.Bundled;
using CnnVis.Engine.Models.HuggingFace;
using CnnVis.Engine.Models.Naming;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights.Safetensors;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Targets.Answers;
using CnnVis.Engine.Tensors;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>A graph with what is needed to ask it about pictures: classes, picture preparation, layer names, a device. Pictures go in as RGB in [0, 1].</summary>
public sealed class Network : CnnModel
{
    /// <summary>Largest pictures.</summary>
    private const long MostSide = 1 << 16, MostValues = 1 << 28;

    /// <summary>Plans of walks that are kept in each direction, the last used ones: more than any cmdlet asks for in turn.</summary>
    private const int MostPlans = 64;

    private readonly Dictionary<string, int> _layersByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _layersByValue = new(StringComparer.Ordinal);
    private readonly RecentlyUsed<string, ForwardWalk> _forward = new(MostPlans);
    private readonly RecentlyUsed<(string Heads, string Taps, IBackwardRule? Rule), BackwardWalk> _backward = new(MostPlans);
    private readonly Dictionary<string, TokenAxis> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlaneLayout> _layouts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (PictureAxis Axis, long[] Shape)> _pictures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Network>> _elsewhere = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _metadata;
    private readonly Lazy<LayerMaps> _maps;
    internal readonly Graph _graph;
    internal readonly Answer _answers;
    internal readonly Device _device;
    private WeightMemory? _memory; // of one that owns its weights

    private Network(string name, string source, Graph graph, Answer answer, CnnInput input, IReadOnlyList<string>? classes, IReadOnlyDictionary<string, string> metadata, Device device, CnnModel? origin = null, CancellationToken cancellation = default)
    {
        name = VisibleText.Of(name)!;
        (Name, Source, _graph, _answers, Input, _device, _metadata) = (name, source, graph, answer, input, device, metadata);
        AnswerCheck = new AnswerCheck(this);
        Origin = new Origin(origin ?? this);
        using var shapes = new ShapeWalk(graph, cancellation);
        var places = new SpatialWalk(graph, shapes, cancellation);
        var pictures = new PictureWalk(graph, shapes, cancellation);
        var fields = new ReceptiveFieldWalk(graph, places, cancellation);
        string[] aliases = LayerNames.Of(graph);
        HashSet<Node> preparation = PicturePreparation.Nodes(graph);
        var layers = new CnnLayer[graph.Nodes.Count - answer.Views.Count]; // views come last
        for (int i = 0; i < layers.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Node node = graph.Nodes[i];
            if (shapes[node.Output].Aggregate(1.0, (a, b) => a * b) > int.MaxValue)
                throw new CnnVisException(ErrorIds.ModelUnreadable, $"Layer '{node.Name}' would have [{string.Join(", ", shapes[node.Output])}] values, more than can be computed.", node.Name);
            int[] shape = shapes[node.Output].Skip(1).Select(d => (int)d).ToArray();
            if (pictures.Elsewhere(node.Output) is { } axis) (_pictures[node.Output], shape) = ((axis, [.. shapes[node.Output]]), [.. axis.Own(shapes[node.Output]).Select(d => (int)d)]);
            else if (places.Layout(node.Output) is { } layout) (_layouts[node.Output], shape) = (layout, [layout.Channels, layout.Height, layout.Width]);
            layers[i] = new CnnLayer(name, i, VisibleText.Of(node.Name)!, VisibleText.Of(aliases[i])!, node.Operator.Type, shape, preparation.Contains(node) ? 0 : Trained(graph, node), shapes.MultiplyAdds(node), fields[node.Output]) { Origin = Origin };
            if (places.Tokens(node.Output) is { } tokens) _tokens[node.Output] = tokens;
        }
        if (places.Layout(graph.Input) is { } picture) _layouts[graph.Input] = picture;
        _maps = new Lazy<LayerMaps>(() => new LayerMaps(graph, _layouts, _pictures));
        // The network's own names win over aliases, and these over the names of its values.
        for (int i = 0; i < layers.Length; i++) _layersByName[layers[i].Name] = i;
        for (int i = 0; i < layers.Length; i++) _layersByName.TryAdd(layers[i].Alias, i);
        for (int i = 0; i < layers.Length; i++) _layersByName.TryAdd(graph.Nodes[i].Output, i);
        for (int i = 0; i < layers.Length; i++) _layersByValue[graph.Nodes[i].Output] = i;
        Layers = layers;
        Outputs = answer.Outputs.Select(o => new CnnOutput(o, shapes[o].Skip(1).Select(d => (int)d).ToArray())).ToArray();
        Classes = AnswerNames.Of(answer, classes, name).Select(c => VisibleText.Of(c)!).ToArray();
    }

    /// <inheritdoc/>
    public override AnswerKind Answer => _answers.Kind;

    /// <inheritdoc/>
    public override string AnswerReason => _answers.Reason;

    /// <inheritdoc/>
    public override IReadOnlyList<CnnOutput> Outputs { get; }

    /// <summary>The picture that it takes.</summary>
    public CnnInput Input { get; }

    /// <summary>Where its results come from; of a network that was asked for other numbers (<see cref="With"/>) the one that it was made of, of a hollow one the one that is listed.</summary>
    internal Origin Origin { get; }

    /// <summary>Finds the pictures that have no answer.</summary>
    internal AnswerCheck AnswerCheck { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Source { get; }

    /// <inheritdoc/>
    public override ModelStatus Status => Source == BundledNetworks.Source ? ModelStatus.Bundled : ModelStatus.Loaded;

    /// <inheritdoc/>
    public override int InputChannels => Input.Channels;

    /// <inheritdoc/>
    public override int InputHeight => Input.Height;

    /// <inheritdoc/>
    public override int InputWidth => Input.Width;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<CnnLayer> Layers { get; }

    /// <inheritdoc/>
    public override long ParameterCount => Layers.Sum(l => l.ParameterCount);

    /// <inheritdoc/>
    public override long MultiplyAdds => Layers.Sum(l => l.MultiplyAdds);

    /// <inheritdoc/>
    public override string Hash => NetworkHash.Of(this);

    /// <inheritdoc/>
    public override string Device => ComputeDevice.NameOf(_device);

    /// <summary>Reads an ONNX file, a program of torch.export or a folder of Hugging Face's, and completes it: normalisation at the front and Softmax at the end become part of the graph.</summary>
    /// <param name="path">The file, or the folder.</param>
    /// <param name="options">What the file does not say.</param>
    /// <param name="source">Where it comes from; the path if left out.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CnnVisException">The file is no network, uses what is not supported, or does not fit into memory.</exception>
    public static Network Load(string path, ImportOptions? options = null, string? source = null, CancellationToken cancellation = default)
    {
        options ??= new ImportOptions();
        if (HuggingFaceFolder.Is(path)) return HuggingFaceFolder.Load(path, options, cancellation);
        try
        {
            OnnxNetwork file = OnnxReader.Read(path, options, cancellation);
            if (file.ValueRange is not null) options = options with { ValueRange = ModelMetadata.Complete(options, file.Metadata).ValueRange ?? file.ValueRange };
            return Create(options.Name ?? Path.GetFileNameWithoutExtension(path), source ?? path, file.Graph, file.Metadata, options, cancellation);
        }
        catch (Exception e) when (OperatorFailure.IsMemory(e))
        {
            throw new CnnVisException(ErrorIds.ComputationFailed, $"'{path}' ({new FileInfo(path).Length / 1048576.0:N0} MB and what it refers to) does not fit into this machine's memory. Close other programs, or import a smaller network.", path, e);
        }
        catch (Exception e) when (OperatorFailure.Is(e))
        {
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"'{path}' cannot be used: {OperatorFailure.Reason(e)}", path, e);
        }
    }

    /// <summary>Makes a network of a graph whose input is a batch of pictures. The network takes the graph over.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="graph">Disposed where no network comes of it.</param>
    /// <param name="metadata">What its file says beside the graph.</param>
    /// <param name="options">What the file does not say.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <exception cref="CnnVisException">The graph is no network of pictures, or what is stated does not go with it.</exception>
    public static Network Create(string name, string source, Graph graph, IReadOnlyDictionary<string, string> metadata, ImportOptions options, CancellationToken cancellation = default)
    {
        Graph? made = null;
        try
        {
            FiniteWeights.Check(graph, source);
            ImportOptions stated = ModelMetadata.Complete(options, metadata);
            if (options.Mean is null && GraphCompletion.OwnMean(graph) is not null) stated = stated with { Mean = null, StandardDeviation = options.StandardDeviation };
            CnnInput input = InputOf(graph, stated);
            var (complete, answer) = GraphCompletion.Complete(graph, input, stated, options.Classes?.Count ?? ModelMetadata.Labels(metadata), cancellation);
            made = complete;
            return new Network(name, source, complete, answer, input, options.Classes ?? ModelMetadata.Classes(metadata, answer.Count, asked: options.OutputName is not null), metadata, CPU, cancellation: cancellation).Owning();
        }
        catch
        {
            made?.Dispose();
            graph.Dispose();
            throw;
        }
    }

    /// <summary>The same network computing elsewhere; its weights are brought there once.</summary>
    /// <exception cref="CnnVisException">There is no such device here.</exception>
    public Network On(string device)
    {
        Device there = ComputeDevice.Parse(device);
        string name = ComputeDevice.NameOf(there);
        return name == Device ? this
            : _elsewhere.GetOrAdd(name, _ => new Lazy<Network>(() => new Network(Name, Source, _graph.To(there), _answers, Input, Classes, _metadata, there).Owning())).Value;
    }

    /// <summary>The same network with more nodes behind it, whose values are its answer. Shares parameters and layers.</summary>
    /// <param name="added">The nodes, and the parameters that they take.</param>
    /// <param name="answer">What is then its answer.</param>
    /// <param name="classes">What its numbers are called.</param>
    internal Network With(GraphEditor added, Answer answer, IReadOnlyList<string> classes)
    {
        var parameters = new Dictionary<string, Tensor>(_graph.Parameters, StringComparer.Ordinal);
        foreach (var (name, value) in added.Parameters) parameters[name] = value.to(_device).DetachFromDisposeScope();
        var graph = new Graph(_graph.Input, [.. _graph.InputShape], [.. _graph.Nodes, .. added.Added], parameters, _graph.Output, _graph.Outputs);
        return new Network(Name, Source, graph, answer, Input, classes, _metadata, _device, Origin.Model);
    }

    /// <summary>The same network as what another stands for: results, and layers, are that one's.</summary>
    internal Network As(CnnModel origin) => new(Name, Source, _graph, _answers, Input, Classes, _metadata, _device, origin);

    /// <summary>The same network with parameters of its own. Whoever asks for it disposes its graph.</summary>
    internal Network Copy() => new(Name, Source, _graph.To(_device), _answers, Input, Classes, _metadata, _device);

    /// <summary>Writes it, classes and picture preparation included. As safetensors it is the weights under their names in the graph, without what only prepares the picture.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="format">As what.</param>
    /// <param name="halfPrecision">Keep the weights as float16.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <returns>The weights that stayed float32 because float16 cannot hold them, by name.</returns>
    /// <exception cref="CnnVisException">It is larger than an ONNX file may be (InvalidArgument).</exception>
    public IReadOnlyList<string> Save(Stream target, ModelFormat format, bool halfPrecision, CancellationToken cancellation = default)
    {
        var metadata = new Dictionary<string, string>(_metadata, StringComparer.Ordinal);
        ModelMetadata.Write(metadata, Classes, Input, Answer);
        Graph own = _graph.Without(_answers.Views);
        return format == ModelFormat.Safetensors ? SafetensorsWriter.Write(target, PicturePreparation.Weights(own), halfPrecision, metadata, cancellation)
            : OnnxWriter.Write(new OnnxNetwork(own, metadata), target, halfPrecision, cancellation);
    }

    /// <summary>Whether its weights were given back.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (IsDisposed || Source == BundledNetworks.Source) return;
        IsDisposed = true;
        ModelCatalog.Forget(this);
        foreach (Lazy<Network> there in _elsewhere.Values)
            if (there.IsValueCreated) there.Value.Dispose();
        _graph.Dispose();
        _memory?.Dispose();
        base.Dispose(disposing);
    }

    private Network Owning()
    {
        // What only describes a network repeats one number, without memory for each.
        _memory = new WeightMemory(_graph.Parameters.Values.Where(p => p.is_contiguous()).Sum(p => p.NumberOfElements * p.ElementSize));
        return this;
    }

    /// <summary>The layer of that name or alias.</summary>
    /// <exception cref="CnnVisException">There is none; the message suggests the nearest.</exception>
    public CnnLayer Layer(string name) => _layersByName.TryGetValue(name, out int index) ? Layers[index]
        : throw new CnnVisException(ErrorIds.LayerNotFound, $"{Name} has no layer '{name}'. {(ModelCatalog.Knows(name) ? $"'{name}' is a network: say -Model {name}. " : "")}Did you mean {string.Join(", ", Suggestion.For(name, Layers.Select(l => l.Alias)))}? Get-CnnLayer lists them all.", name);

    /// <summary>The ReLUs, where filters can be seen at work; all layers where there is none.</summary>
    internal IReadOnlyList<CnnLayer> Relus => Layers.Where(l => _graph.IsRelu(_graph.Nodes[l.Index])).ToArray() is { Length: > 0 } relus ? relus : Layers;

    /// <summary>The class of that name, with spaces or underscores, or of that index.</summary>
    /// <exception cref="CnnVisException">There is none, and the message suggests the nearest; or there are several of that name.</exception>
    public int Class(string name)
    {
        name = VisibleText.Of(name)!;
        int[] found = Classes.Contains(name) ? Called(StringComparison.Ordinal) : Called(StringComparison.OrdinalIgnoreCase); // ImageNet has a Cardigan (a dog) and a cardigan
        if (found.Length == 1) return found[0];
        if (found.Length > 1) throw new CnnVisException(ErrorIds.ClassNotFound, $"{Name} has {found.Length} classes called '{name}': {string.Join(", ", found)}. Say which by its index.", name);
        if (int.TryParse(name, out int index) && index >= 0 && index < Classes.Count) return index;
        // Files and folders are called black_stork.
        int[] spelled = [.. Enumerable.Range(0, Classes.Count).Where(i => Spaced(Classes[i]).Equals(Spaced(name), StringComparison.OrdinalIgnoreCase))];
        if (spelled.Length == 1) return spelled[0];
        throw new CnnVisException(ErrorIds.ClassNotFound, $"{Name} has no class '{name}'. Did you mean {string.Join(", ", Suggestion.For(name, Classes).Select(c => $"'{c}'"))}? An index from 0 to {Classes.Count - 1} is understood too.", name);

        int[] Called(StringComparison comparison) => [.. Enumerable.Range(0, Classes.Count).Where(i => string.Equals(Classes[i], name, comparison))];

        static string Spaced(string text) => text.Replace('_', ' ');
    }

    /// <summary>The value that a layer's ReLU is given, where a layer is a ReLU; its own output otherwise.</summary>
    public (string Value, bool HasRelu) BeforeRelu(CnnLayer layer)
    {
        Node node = _graph.Nodes[layer.Index];
        if (_graph.IsRelu(node)) return (node.Inputs[0], true);
        return (node.Output, _graph.Nodes.Any(n => _graph.IsRelu(n) && n.Inputs[0] == node.Output));
    }

    /// <summary>Computes the outputs of layers, up to the last one asked for.</summary>
    /// <param name="input">[N, C, H, W] in [0, 1], on the network's device.</param>
    /// <param name="values">Names of graph values.</param>
    /// <param name="cancellation">Ends it between two nodes.</param>
    /// <returns>One tensor a value, in the caller's dispose scope.</returns>
    public Tensor[] Forward(Tensor input, IReadOnlyList<string> values, CancellationToken cancellation = default) =>
        _forward.GetOrAdd(string.Join('\n', values), () => new ForwardWalk(_maps.Value.Graph, values)).Run(input, cancellation);

    /// <summary>The walk that gives derivatives of values with respect to others; planned once and kept, as those of <see cref="Forward"/> are.</summary>
    /// <param name="heads">Names of the values to start from.</param>
    /// <param name="taps">Names of the values whose gradients are wanted.</param>
    /// <param name="rule">What stands for the gradient of some nodes; null for the plain gradient.</param>
    public BackwardWalk Backward(IReadOnlyList<string> heads, IReadOnlyList<string> taps, IBackwardRule? rule = null) =>
        _backward.GetOrAdd((string.Join('\n', heads), string.Join('\n', taps), rule), () => new BackwardWalk(_maps.Value.Graph, heads, taps, rule));

    /// <summary>How the maps of a graph's value lie in it; null where it has no rows and columns of the picture: a vector, attention between tokens.</summary>
    public PlaneLayout? Layout(string value) => _layouts.GetValueOrDefault(value);

    /// <summary>Where the pictures of a layer's value are, and its shape, where its first axis is not theirs alone; null where it is.</summary>
    internal (PictureAxis Axis, long[] Shape)? Pictures(string value) => _pictures.TryGetValue(value, out var pictures) ? pictures : null;

    /// <summary>The axis of a graph's value that holds the places of a grid one after the other; null where there is none.</summary>
    internal TokenAxis? Tokens(string value) => _tokens.TryGetValue(value, out TokenAxis tokens) ? tokens : null;

    /// <summary>The graph's value that a layer gives.</summary>
    public string Value(CnnLayer layer) => _graph.Nodes[layer.Index].Output;

    /// <summary>
    /// The value that has a layer's units as <see cref="CnnLayer.OutputShape"/> says, [N, C, rows, columns] where it has maps: the layer's own, or one behind the graph
    /// (<see cref="Maps"/>), where its places are tokens or its channels come last.
    /// </summary>
    public string Units(CnnLayer layer) => Units(Value(layer));

    /// <summary>The same of a graph's value.</summary>
    public string Units(string value) => _maps.Value.Of(value);

    /// <summary>The layer whose value, or whose units, a value is; null where it is none.</summary>
    internal CnnLayer? LayerOf(string value) => _layersByValue.TryGetValue(_maps.Value.From(value), out int index) ? Layers[index] : null;

    /// <summary>The graph with what gives the units of layers behind it: what <see cref="Forward"/> and <see cref="Backward"/> walk.</summary>
    internal Graph Maps => _maps.Value.Graph;

    /// <summary>Numbers without a shape are settings: the bounds of a Clip, an exponent.</summary>
    private static long Trained(Graph graph, Node node) =>
        node.Inputs.Where((_, i) => node.Operator.IsLearned(i)).Distinct().Where(graph.Parameters.ContainsKey)
            .Sum(v => graph.Parameters[v] is { } parameter && parameter.is_floating_point() && parameter.dim() > 0 ? parameter.NumberOfElements : 0);

    private static CnnInput InputOf(Graph graph, ImportOptions options)
    {
        if (graph.InputShape is not [_, > 0 and <= MostSide, > 0 and <= MostSide, > 0 and <= MostSide] shape || shape[1] * shape[2] * shape[3] > MostValues)
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"The network's input '{graph.Input}' is [{string.Join(", ", graph.InputShape)}]; a picture has a batch, channels, rows and columns, and at most {MostValues:N0} values.", graph.Input);
        int channels = (int)shape[1], height = (int)shape[2], width = (int)shape[3], shorter = Math.Min(height, width);
        // torchvision's habit: 256 before a crop of 224.
        int resizeTo = options.ResizeTo ?? (shorter >= 128 ? shorter * 8 / 7 : shorter);
        return new CnnInput(channels, height, width, options.ResizeMode ?? CnnVis.ResizeMode.Crop, Math.Max(resizeTo, shorter)) { Low = (options.ArrayRange ?? options.OwnArrayRange)?.Low ?? 0, High = (options.ArrayRange ?? options.OwnArrayRange)?.High ?? 1, Interpolation = options.Interpolation ?? Interpolation.Bilinear };
    }
}
