using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Exported;
using CnnVis.Engine.Models.Naming;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Makes a <see cref="Graph"/> of an ONNX file (operator sets 1 to 25), or of a program of torch.export, which is translated into ONNX's operators first. Nothing in a file is run; sizes are checked before anything is allocated.</summary>
public static class OnnxReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which input and output, and of what size; null for what the file says.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <exception cref="CnnVisException">The file is missing, is no ONNX network, or uses what is not supported.</exception>
    public static OnnxNetwork Read(string path, ImportOptions? options = null, CancellationToken cancellation = default)
    {
        ModelProto? model = null;
        try
        {
            model = Parsed(path);
            ImportOptions asked = options ?? new ImportOptions();
            if (asked.OutputName is { } name && model.Graph is { } whole && OnnxPorts.Value(whole, name) is null && Aliased(path, whole, asked, cancellation) is { } value) asked = asked with { OutputName = value };
            PixelRange? range = model.Graph is { } graph ? OnnxPorts.Choose(graph, asked, ModelMetadata.Complete(asked, Metadata(model)).InputSize) : null;
            return Convert(model, pictures: true, cancellation: cancellation) with { ValueRange = range };
        }
        catch (CnnVisException e)
        {
            throw new CnnVisException(e.ErrorId, $"'{path}' cannot be used: {e.Message}", path, e);
        }
        finally
        {
            foreach (TensorProto left in model?.Graph?.Initializer ?? []) left.Loaded?.Dispose();
        }
    }

    /// <summary>Names of a file's inputs that are no parameters, and of its outputs.</summary>
    /// <exception cref="CnnVisException">The file is missing, or is no ONNX network.</exception>
    public static (IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs) Ports(string path)
    {
        GraphProto graph = (ExportedArchive.Is(path) ? ExportedReader.ReadStructure(path) : OnnxFile.Parse(path)).Graph ?? new GraphProto();
        return ([.. graph.Input.Select(i => i.Name).Except(OnnxSubgraphs.Parameters(graph))], [.. graph.Output.Select(o => o.Name)]);
    }

    /// <summary>The file's message, its functions inlined.</summary>
    private static ModelProto Parsed(string path)
    {
        if (ExportedArchive.Is(path)) return ExportedReader.Read(path);
        ForeignFiles.Refuse(path);
        ModelProto model = OnnxFile.Parse(path);
        OnnxFunctions.Inline(model);
        return model;
    }

    /// <summary>The value that a layer's alias stands for, as far as the file can be understood; null where there is no such layer.</summary>
    private static string? Aliased(string path, GraphProto file, ImportOptions asked, CancellationToken cancellation)
    {
        ModelProto? model = null;
        try
        {
            model = Parsed(path); // again: it is used up
            OnnxPorts.Choose(model.Graph, asked with { OutputName = null }, ModelMetadata.Complete(asked, Metadata(model)).InputSize);
            using Graph graph = Convert(model, pictures: true, tolerant: true, cancellation: cancellation).Graph;
            int index = Array.FindIndex(LayerNames.Of(graph), alias => alias.Equals(asked.OutputName, StringComparison.OrdinalIgnoreCase));
            return index >= 0 ? OnnxPorts.Value(file, graph.Nodes[index].Output) : null;
        }
        catch (CnnVisException)
        {
            return null; // what is wrong is told of the name
        }
        finally
        {
            foreach (TensorProto left in model?.Graph?.Initializer ?? []) left.Loaded?.Dispose();
        }
    }

    /// <summary>Makes a graph of a parsed file.</summary>
    /// <param name="model">Used up.</param>
    /// <param name="pictures">Whether the input is a batch of pictures, each of which has to get what it would get alone.</param>
    /// <param name="tolerant">Whether what is not supported is left out even if the answer needs it; the answer is the last value then.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <exception cref="CnnVisException">It is no network, or uses what is not supported.</exception>
    internal static OnnxNetwork Convert(ModelProto model, bool pictures = false, bool tolerant = false, CancellationToken cancellation = default)
    {
        OnnxFunctions.Inline(model);
        if (model.Graph is not { } proto || proto.Node.Count == 0) throw Unreadable("it holds no network.");
        int opset = OnnxOpset.Of(model);
        var parameters = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            foreach (TensorProto initializer in proto.Initializer)
                Add(initializer.Name, OnnxTensors.Read(initializer));
            foreach (SparseTensorProto initializer in proto.SparseInitializer) Add(initializer.Values?.Name ?? "", OnnxSparse.Read(initializer));
            var (input, shape) = Input(proto, parameters);
            string output = proto.Output.Count > 0 ? proto.Output[0].Name : throw Unreadable("it declares no output.");
            Node[] nodes;
            using (var import = new GraphImport(proto, opset, input, shape, parameters, pictures, tolerant, cancellation)) nodes = import.Nodes();
            if (tolerant && nodes.Length > 0) output = nodes[^1].Output;
            DropUnused(parameters, nodes);
            return new OnnxNetwork(new Graph(input, shape, nodes, parameters, output, [.. proto.Output.Select(o => o.Name)]), Metadata(model));
        }
        catch
        {
            foreach (Tensor parameter in parameters.Values) parameter.Dispose();
            throw;
        }

        void Add(string name, Tensor parameter)
        {
            if (!parameters.TryAdd(name, parameter))
            {
                parameter.Dispose();
                throw Unreadable($"two parameters are called '{name}'.");
            }
            cancellation.ThrowIfCancellationRequested(); // now that it has an owner
        }
    }

    private static (string Name, long[] Shape) Input(GraphProto proto, Dictionary<string, Tensor> parameters)
    {
        ValueInfoProto[] inputs = [.. proto.Input.Where(i => !parameters.ContainsKey(i.Name))];
        if (inputs.Length != 1) throw Unreadable($"it has {inputs.Length} inputs ({string.Join(", ", inputs.Select(i => i.Name))}); networks of one image are supported.");
        long[] shape = [.. inputs[0].Type?.TensorType?.Shape?.Dim.Select(d => d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? d.DimValue : -1) ?? []];
        return (inputs[0].Name, shape);
    }

    private static void DropUnused(Dictionary<string, Tensor> parameters, Node[] nodes)
    {
        var used = nodes.SelectMany(n => n.Inputs).ToHashSet(StringComparer.Ordinal);
        foreach (string name in parameters.Keys.Where(k => !used.Contains(k)).ToArray())
        {
            parameters[name].Dispose();
            parameters.Remove(name);
        }
    }

    private static Dictionary<string, string> Metadata(ModelProto model) => model.MetadataProps.GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);

    private static CnnVisException Unreadable(string what) => new(ErrorIds.ModelUnreadable, what);
}
