using CnnVis.Engine.Graphs.Operators;
using CnnVis.Engine.Models.Onnx;
using Google.Protobuf;
using AttributeType = CnnVis.Engine.Models.Onnx.AttributeProto.Types.AttributeType;
using Dimension = CnnVis.Engine.Models.Onnx.TensorShapeProto.Types.Dimension;

namespace CnnVis.Engine.Tests.Models;

/// <summary>Damages ONNX files: their bytes, or what the bytes say. The same seed does the same damage.</summary>
internal sealed class OnnxMutator(int seed)
{
    private static readonly long[] _numbers = [0, 1, -1, 2, 3, 7, 64, 255, 1000, 65536, 1L << 31, int.MaxValue, int.MinValue, 1L << 32, 1L << 62, long.MaxValue, long.MinValue];
    private static readonly float[] _fractions = [0, 1, -1, 0.5f, 1e-30f, 1e30f, float.MaxValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
    private readonly Random _random = new(seed);

    /// <summary>A damaged copy of a file.</summary>
    public byte[] Mutate(ModelProto valid)
    {
        if (_random.Next(3) == 0) return Bytes(valid.ToByteArray());
        ModelProto model = valid.Clone();
        for (int i = _random.Next(1, 4); i > 0; i--) Structure(model);
        byte[] file = model.ToByteArray();
        return _random.Next(10) == 0 ? Bytes(file) : file;
    }

    private byte[] Bytes(byte[] file)
    {
        var bytes = new List<byte>(file);
        for (int i = _random.Next(1, 9); i > 0 && bytes.Count > 0; i--)
        {
            int at = _random.Next(bytes.Count), length = Math.Min(_random.Next(1, 64), bytes.Count - at);
            switch (_random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
                case 1: bytes[at] = (byte)_random.Next(256); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(_random.Next(bytes.Count - length + 1), length)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, _random.Next(1, 11))); break;
            }
        }
        return [.. bytes];
    }

    private void Structure(ModelProto model)
    {
        GraphProto graph = model.Graph;
        NodeProto node = Pick(graph.Node);
        string[] values = [.. graph.Node.SelectMany(n => n.Output), .. graph.Initializer.Select(i => i.Name), .. graph.Input.Select(i => i.Name), "", "nowhere"];
        switch (_random.Next(18))
        {
            case 0: node.OpType = Pick(OperatorCatalog.Types); break;
            case 1: node.OpType = _random.Next(2) == 0 ? Pick(graph.Node).OpType : "Nonsense"; break;
            case 2: node.Attribute.Add(Pick(graph.Node).Attribute.Select(a => a.Clone()).ToArray()); break;
            case 3: Attributed(node); break;
            case 4: Attributed(node); break;
            case 5: if (node.Attribute.Count > 0) node.Attribute.RemoveAt(_random.Next(node.Attribute.Count)); break;
            case 6: if (node.Input.Count > 0) node.Input[_random.Next(node.Input.Count)] = Pick(values); break;
            case 7: node.Input.Add(Pick(values)); break;
            case 8: if (node.Input.Count > 0) node.Input.RemoveAt(_random.Next(node.Input.Count)); break;
            case 9: if (node.Output.Count > 0) node.Output[_random.Next(node.Output.Count)] = Pick(values); else node.Output.Add(Pick(values)); break;
            case 10: (node.Name, node.Domain) = (Pick(values), _random.Next(4) == 0 ? "com.microsoft" : node.Domain); break;
            case 11: graph.Node.Add(Pick(graph.Node).Clone()); break;
            case 12: graph.Node.RemoveAt(_random.Next(graph.Node.Count)); if (graph.Node.Count == 0) graph.Node.Add(node); break;
            case 13: Reshaped(graph); break;
            case 14: Retyped(graph); break;
            case 15: graph.Output.Insert(0, new ValueInfoProto { Name = Pick(values) }); break;
            case 16: model.OpsetImport.Add(new OperatorSetIdProto { Version = _random.Next(2) == 0 ? _random.Next(5, 25) : Pick(_numbers) }); break;
            default: Reinput(graph, values); break;
        }
    }

    private void Attributed(NodeProto node)
    {
        if (node.Attribute.Count == 0) node.Attribute.Add(new AttributeProto { Name = Pick(["axis", "pads", "strides", "group", "kernel_shape", "dilations", "perm", "to"]), Type = AttributeType.Int });
        AttributeProto attribute = Pick(node.Attribute);
        switch (_random.Next(6))
        {
            case 0: attribute.Type = (AttributeType)_random.Next(12); break;
            case 1: attribute.I = Pick(_numbers); break;
            case 2: attribute.F = Pick(_fractions); break;
            case 3: if (attribute.Ints.Count > 0) attribute.Ints[_random.Next(attribute.Ints.Count)] = Pick(_numbers); else attribute.Ints.Add(Pick(_numbers)); break;
            case 4: if (_random.Next(2) == 0) attribute.Ints.Add(Pick(_numbers)); else attribute.Ints.Clear(); break;
            default: attribute.S = ByteString.CopyFromUtf8(Pick(["", "SAME_UPPER", "VALID", "linear", "nearest", "NOTSET", "reflect", "nonsense"])); break;
        }
    }

    private void Reshaped(GraphProto graph)
    {
        if (graph.Initializer.Count == 0) return;
        TensorProto tensor = Pick(graph.Initializer);
        switch (_random.Next(4))
        {
            case 0: if (tensor.Dims.Count > 0) tensor.Dims[_random.Next(tensor.Dims.Count)] = Pick(_numbers); break;
            case 1: tensor.Dims.Add(1); break;
            case 2: if (tensor.Dims.Count > 1) (tensor.Dims[0], tensor.Dims[1]) = (tensor.Dims[1], tensor.Dims[0]); break;
            default: if (tensor.Dims.Count > 0) tensor.Dims.RemoveAt(0); break;
        }
    }

    private void Retyped(GraphProto graph)
    {
        if (graph.Initializer.Count == 0) return;
        TensorProto tensor = Pick(graph.Initializer);
        switch (_random.Next(4))
        {
            case 0: tensor.DataType = _random.Next(30); break;
            case 1: tensor.RawData = ByteString.CopyFrom(new byte[_random.Next(64)]); break;
            case 2: tensor.DataLocation = TensorProto.Types.DataLocation.External; break;
            default: // a number of a shape or the like
                byte[] raw = tensor.RawData.ToByteArray();
                if (raw.Length < sizeof(long)) break;
                BitConverter.TryWriteBytes(raw.AsSpan(_random.Next(raw.Length / sizeof(long)) * sizeof(long)), Pick(_numbers));
                tensor.RawData = ByteString.CopyFrom(raw);
                break;
        }
    }

    private void Reinput(GraphProto graph, string[] values)
    {
        if (_random.Next(4) == 0) graph.Input.Add(OnnxWriter.Value(Pick(values), [1, 3, 4, 4]));
        if (graph.Input.Count == 0 || graph.Input[0].Type?.TensorType?.Shape is not { Dim.Count: > 0 } shape) return;
        Dimension dimension = Pick(shape.Dim);
        if (_random.Next(3) == 0) dimension.DimParam = "any";
        else dimension.DimValue = Pick(_numbers);
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
