using System.Runtime.InteropServices;
using Google.Protobuf;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Frees a graph that was exported for a fixed batch of several pictures.</summary>
internal static class OnnxBatch
{
    /// <summary>Shapes to which values are reshaped, and which begin with the batch, begin with 1 afterwards, which Reshape takes for any batch.</summary>
    /// <param name="graph">Changed in place.</param>
    /// <param name="batch">The batch for which it was exported.</param>
    public static void Free(GraphProto graph, long batch)
    {
        var shapes = graph.Node.Where(n => n.OpType == "Reshape" && n.Input.Count > 1).Select(n => n.Input[1]).ToHashSet(StringComparer.Ordinal);
        var stated = graph.Initializer.Where(i => shapes.Contains(i.Name))
            .Concat(graph.Node.Where(n => n.OpType == "Constant" && n.Output.Any(shapes.Contains)).SelectMany(n => n.Attribute).Where(a => a.T is not null).Select(a => a.T));
        foreach (TensorProto shape in stated.Where(s => (DataType)s.DataType == DataType.Int64 && s.Stored is null))
        {
            if (shape.Int64Data.Count > 0 && shape.Int64Data[0] == batch) shape.Int64Data[0] = 1;
            if (shape.RawData.Length < sizeof(long) || MemoryMarshal.Read<long>(shape.RawData.Span) != batch) continue;
            byte[] raw = shape.RawData.ToByteArray();
            MemoryMarshal.Write(raw, 1L);
            shape.RawData = ByteString.CopyFrom(raw);
        }
    }
}
