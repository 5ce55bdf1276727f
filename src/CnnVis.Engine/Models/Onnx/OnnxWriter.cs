using CnnVis.Engine.Graphs;
using CnnVis.Engine.Models.Weights;
using Google.Protobuf;
using static TorchSharp.torch;
using AttributeType = CnnVis.Engine.Models.Onnx.AttributeProto.Types.AttributeType;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Writes a <see cref="Graph"/> as an ONNX file (IR version 10, operator set 21, or 24 where an operator needs it).</summary>
public static class OnnxWriter
{
    /// <summary>The operator set that is written.</summary>
    public const int Opset = OnnxOpset.Canonical;

    /// <summary>The one for a graph with an operator that came later.</summary>
    private const int NewerOpset = 24;

    private const int IrVersion = 10;

    private static readonly HashSet<string> _newer = new(["Attention", "RMSNormalization", "RotaryEmbedding", "Swish", "TensorScatter"], StringComparer.Ordinal);

    /// <summary>What protobuf allows.</summary>
    private const long MostBytes = int.MaxValue;

    /// <summary>Writes a network; nothing of its parameters is copied.</summary>
    /// <param name="network">What to write.</param>
    /// <param name="target">Where.</param>
    /// <param name="halfPrecision">Keep the parameters as float16, each behind a Cast to float32: half the size, the same arithmetic.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <returns>The parameters that stayed float32 because float16 cannot hold them, by name.</returns>
    /// <exception cref="CnnVisException">It is larger than an ONNX file may be (InvalidArgument).</exception>
    public static IReadOnlyList<string> Write(OnnxNetwork network, Stream target, bool halfPrecision = false, CancellationToken cancellation = default)
    {
        Graph graph = network.Graph;
        var proto = new GraphProto { Name = "network" };
        proto.Input.Add(Value(graph.Input, [.. graph.InputShape]));
        using var shapes = new Graphs.Walks.ShapeWalk(graph);
        proto.Output.AddRange(graph.Outputs.Select(o => Value(o, [.. shapes[o]])));
        var tensors = new List<OnnxTensorContent>();
        var kept = new List<string>();
        var types = FileTypes(graph);
        foreach (var (name, parameter) in graph.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            bool half = halfPrecision && parameter.dtype == ScalarType.Float32 && parameter.dim() > 0;
            if (half && !HalfPrecision.Holds(parameter))
            {
                kept.Add(name);
                half = false;
            }
            bool cast = half || types.ContainsKey(name);
            tensors.Add(new OnnxTensorContent(cast ? name + ".stored" : name, parameter, half));
            if (cast) proto.Node.Add(Cast(name, types.GetValueOrDefault(name, (long)DataType.Float)));
        }
        foreach (Node node in graph.Nodes)
        {
            var written = new NodeProto { Name = node.Name, OpType = node.Operator.Type };
            written.Input.AddRange(node.Inputs);
            written.Output.AddRange(Outputs(node));
            written.Attribute.AddRange(node.Operator.FileAttributes.Select(a => Attribute(a.Key, a.Value)));
            proto.Node.Add(written);
        }

        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "CnnVis" };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = graph.Nodes.Any(n => _newer.Contains(n.Operator.Type)) ? NewerOpset : Opset });
        model.MetadataProps.AddRange(network.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new StringStringEntryProto { Key = m.Key, Value = m.Value }));
        Write(model, proto, tensors, target, cancellation);
        return kept.ToArray();
    }

    /// <summary>The message as it would be with the tensors in the graph, whose numbers go straight into the file.</summary>
    private static void Write(ModelProto model, GraphProto graph, List<OnnxTensorContent> tensors, Stream target, CancellationToken cancellation)
    {
        long size = graph.CalculateSize() + tensors.Sum(t => OnnxTensorContent.FieldSize(t.Size));
        if (size > MostBytes - model.CalculateSize() - 16)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The network has {size:N0} bytes, more than an ONNX file may have ({MostBytes:N0}). Write it with -HalfPrecision, or its weights as safetensors.", size);
        using var output = new CodedOutputStream(target, leaveOpen: true);
        model.WriteTo(output);
        output.WriteTag(ModelProto.GraphFieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteUInt64((ulong)size);
        graph.WriteTo(output);
        foreach (OnnxTensorContent tensor in tensors)
        {
            cancellation.ThrowIfCancellationRequested();
            output.WriteTag(GraphProto.InitializerFieldNumber, WireFormat.WireType.LengthDelimited);
            output.WriteUInt64((ulong)tensor.Size);
            tensor.WriteTo(output, target);
        }
    }

    /// <summary>The outputs of a node: the one that it gives, in its place, among others that nobody uses.</summary>
    private static IEnumerable<string> Outputs(Node node) =>
        Enumerable.Range(0, node.Operator.Attributes.Outputs).Select(i => i == node.Operator.Attributes.Output ? node.Output : $"{node.Output}.unused{i}");

    /// <summary>ONNX's types of the parameters that operators want in another one than the graph's.</summary>
    private static Dictionary<string, long> FileTypes(Graph graph)
    {
        var types = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (Node node in graph.Nodes)
            for (int i = 0; i < node.Inputs.Count; i++)
                if (graph.Parameters.ContainsKey(node.Inputs[i]) && node.Operator.FileType(i) is { } type) types[node.Inputs[i]] = type;
        return types;
    }

    private static NodeProto Cast(string name, long type)
    {
        var cast = new NodeProto { Name = name + ".cast", OpType = "Cast", Input = { name + ".stored" }, Output = { name } };
        cast.Attribute.Add(Attribute("to", type));
        return cast;
    }

    internal static ValueInfoProto Value(string name, long[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = new TensorShapeProto() };
        for (int i = 0; i < shape.Length; i++)
            tensor.Shape.Dim.Add(i == 0 ? new TensorShapeProto.Types.Dimension { DimParam = "batch" } : new TensorShapeProto.Types.Dimension { DimValue = shape[i] });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    internal static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case long integer: (attribute.Type, attribute.I) = (AttributeType.Int, integer); break;
            case float number: (attribute.Type, attribute.F) = (AttributeType.Float, number); break;
            case string text: (attribute.Type, attribute.S) = (AttributeType.String, ByteString.CopyFromUtf8(text)); break;
            case long[] integers: attribute.Type = AttributeType.Ints; attribute.Ints.AddRange(integers); break;
            case float[] numbers: attribute.Type = AttributeType.Floats; attribute.Floats.AddRange(numbers); break;
            case string[] texts: attribute.Type = AttributeType.Strings; attribute.Strings.AddRange(texts.Select(ByteString.CopyFromUtf8)); break;
            default: throw new ArgumentException($"Attribute '{name}' holds {value.GetType().Name}, which ONNX has no place for.", nameof(value));
        }
        return attribute;
    }
}
