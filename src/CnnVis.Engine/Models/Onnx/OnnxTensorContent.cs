using System.Runtime.InteropServices;
using CnnVis.Engine.Models.Weights;
using Google.Protobuf;
using static TorchSharp.torch;
using DataType = CnnVis.Engine.Models.Onnx.TensorProto.Types.DataType;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>A tensor on its way into an ONNX file: a small message, and its numbers behind it as the message's raw data.</summary>
internal sealed class OnnxTensorContent
{
    private readonly TensorProto _header;
    private readonly Tensor _tensor;
    private readonly bool _half;
    private readonly long _length;

    /// <param name="name">Its name in the graph.</param>
    /// <param name="tensor">float32, int64 or bool; stays the caller's.</param>
    /// <param name="half">Whether float32 is written as float16, which has to hold it.</param>
    public OnnxTensorContent(string name, Tensor tensor, bool half)
    {
        (_tensor, _half) = (tensor, half && tensor.dtype == ScalarType.Float32);
        var (type, size) = tensor.dtype switch
        {
            ScalarType.Int64 => (DataType.Int64, 8),
            ScalarType.Bool => (DataType.Bool, 1),
            _ => _half ? (DataType.Float16, 2) : (DataType.Float, 4),
        };
        _header = new TensorProto { Name = name, DataType = (int)type };
        _header.Dims.AddRange(tensor.shape);
        _length = tensor.numel() * size;
    }

    /// <summary>Bytes of the whole message.</summary>
    public long Size => _header.CalculateSize() + FieldSize(_length);

    /// <summary>Bytes of a field of that length with its tag, whose number is below 16.</summary>
    public static long FieldSize(long length) => 1 + CodedOutputStream.ComputeUInt64Size((ulong)length) + length;

    /// <summary>Writes the message.</summary>
    /// <param name="output">Over <paramref name="target"/>.</param>
    /// <param name="target">Takes the numbers.</param>
    public void WriteTo(CodedOutputStream output, Stream target)
    {
        _header.WriteTo(output);
        output.WriteTag(TensorProto.RawDataFieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteUInt64((ulong)_length);
        output.Flush();
        if (_length == 0) return;
        using var scope = NewDisposeScope();
        Tensor dense = _tensor.cpu().contiguous();
        if (_half) HalfPrecision.Write(target, MemoryMarshal.Cast<byte, float>(dense.bytes));
        else target.Write(dense.bytes);
    }

    /// <summary>The message whole.</summary>
    public TensorProto ToMessage()
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) WriteTo(output, stream);
        return TensorProto.Parser.ParseFrom(stream.ToArray());
    }
}
