using CnnVis.Engine.Runtime;
using Google.Protobuf;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>
/// Parses an ONNX file without holding its weights: bytes of more than <see cref="Inline"/> stay where they are, and their tensors know the place
/// (<see cref="TensorProto.Stored"/>). What remains is small, so a file can claim nothing that costs more than itself and a constant.
/// </summary>
internal sealed class OnnxFile
{
    /// <summary>Longest data of a tensor that are kept in memory.</summary>
    private const int Inline = 1024;

    /// <summary>Most fields of a file, and most bytes beside weights: more than ten times what the largest networks have.</summary>
    private const int MostFields = 1_000_000, MostBytes = 64 << 20;

    /// <summary>Graphs in graphs.</summary>
    private const int MostDepth = 16;

    private readonly WireReader _wire;
    private readonly string _path;
    private readonly Stack<MemoryStream> _rests = [];
    private int _fields, _depth;
    private long _bytes;

    private OnnxFile(WireReader wire, string path) => (_wire, _path) = (wire, path);

    /// <summary>The file's message; tensors in other files are found.</summary>
    /// <exception cref="CnnVisException">It cannot be read, is no ONNX file, or is damaged.</exception>
    public static ModelProto Parse(string path)
    {
        try
        {
            using FileStream stream = PlainFile.OpenRead(path, bufferSize: 1 << 16);
            var model = new ModelProto();
            new OnnxFile(new WireReader(stream), path).Fields(model, stream.Length, (field, end, file) =>
                field == ModelProto.GraphFieldNumber && file.Graph(model.Graph ??= new GraphProto(), end));
            return model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw WireReader.Damaged(e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"it cannot be read: {e.Message}", path, e);
        }
    }

    /// <summary>Takes a nested message up to its end.</summary>
    /// <returns>Whether it did; otherwise the field is left to the protobuf library.</returns>
    private delegate bool Nested(int field, long end, OnnxFile file);

    private bool Graph(GraphProto graph, long end)
    {
        if (++_depth > MostDepth) throw WireReader.Damaged($"graphs lie in one another deeper than {MostDepth}");
        Fields(graph, end, (field, stop, file) => field switch
        {
            GraphProto.NodeFieldNumber => file.Node(Added(graph.Node), stop),
            GraphProto.InitializerFieldNumber => file.Tensor(Added(graph.Initializer), stop),
            _ => false,
        });
        _depth--;
        return true;
    }

    private bool Node(NodeProto node, long end) => Fields(node, end, (field, stop, file) => field == NodeProto.AttributeFieldNumber && file.Attribute(Added(node.Attribute), stop));

    private bool Attribute(AttributeProto attribute, long end) => Fields(attribute, end, (field, stop, file) => field switch
    {
        AttributeProto.TFieldNumber => file.Tensor(attribute.T ??= new TensorProto(), stop),
        AttributeProto.GFieldNumber => file.Graph(attribute.G ??= new GraphProto(), stop),
        _ => false,
    });

    private bool Tensor(TensorProto tensor, long end)
    {
        var list = DataType.Undefined; // of what a list of numbers that stays in the file is
        Fields(tensor, end, (field, stop, file) =>
        {
            if (field is not (TensorProto.RawDataFieldNumber or TensorProto.FloatDataFieldNumber or TensorProto.DoubleDataFieldNumber) || stop - file._wire.Position <= Inline) return false;
            if (tensor.Stored is not null) throw WireReader.Damaged("a parameter's data come in pieces");
            tensor.Stored = new StoredBytes(file._path, file._wire.Position, stop - file._wire.Position); // packed numbers are as raw ones
            list = field switch { TensorProto.FloatDataFieldNumber => DataType.Float, TensorProto.DoubleDataFieldNumber => DataType.Double, _ => DataType.Undefined };
            file._wire.Skip(stop);
            return true;
        });
        if (list != DataType.Undefined && (DataType)tensor.DataType != list) throw WireReader.Damaged($"parameter '{tensor.Name}' is of type {(DataType)tensor.DataType} and holds a list of {list}");
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External) tensor.Stored = ExternalData.Find(tensor, _path);
        return true;
    }

    /// <summary>Reads a message: what <paramref name="nested"/> does not take is handed to the protobuf library.</summary>
    private bool Fields(IMessage message, long end, Nested nested)
    {
        // One for each message under way, used again: a file of a million messages makes no million buffers.
        if (!_rests.TryPop(out MemoryStream? rest)) rest = new MemoryStream();
        rest.SetLength(0);
        using var output = new CodedOutputStream(rest, bufferSize: 64, leaveOpen: true);
        while (_wire.Position < end)
        {
            if (++_fields > MostFields) throw WireReader.Damaged($"it has more than {MostFields:N0} fields");
            uint tag = _wire.Tag(end);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    long length = _wire.Length(end), stop = _wire.Position + length;
                    if (nested(WireFormat.GetTagFieldNumber(tag), stop, this)) break;
                    if ((_bytes += length) > MostBytes) throw WireReader.Damaged($"it holds more than {MostBytes >> 20} MB beside weights (weights belong into raw data)");
                    output.WriteTag(tag);
                    output.WriteBytes(UnsafeByteOperations.UnsafeWrap(_wire.Bytes((int)length)));
                    break;
                case WireFormat.WireType.Varint:
                    output.WriteTag(tag);
                    output.WriteUInt64(_wire.Varint(end));
                    break;
                case WireFormat.WireType.Fixed32:
                    output.WriteTag(tag);
                    output.WriteFixed32(_wire.Fixed32(end));
                    break;
                case WireFormat.WireType.Fixed64:
                    output.WriteTag(tag);
                    output.WriteFixed64(_wire.Fixed64(end));
                    break;
                default:
                    throw WireReader.Damaged("it has a field of a kind that ONNX does not use");
            }
        }
        output.Flush();
        if (rest.Length > 0) message.MergeFrom(rest.GetBuffer().AsSpan(0, (int)rest.Length));
        _rests.Push(rest);
        return true;
    }

    private static T Added<T>(ICollection<T> list) where T : new()
    {
        var item = new T();
        list.Add(item);
        return item;
    }
}
