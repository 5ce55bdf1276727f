using System.Buffers.Binary;
using System.Text;

namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>Writes pickles opcode by opcode, protocol 2, as C++ and Python picklers of PyTorch do.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = new();
    private int _memo;

    public PickleWriter() => Raw(0x80, 2);

    public PickleWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Op(char op) => Raw((byte)op);

    public PickleWriter Memo() => Raw((byte)'q', checked((byte)_memo++));

    public PickleWriter Global(string module, string name) => Raw(Encoding.UTF8.GetBytes($"c{module}\n{name}\n"));

    public PickleWriter Text(string text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(text));
        return Op('X').Raw(length).Raw(Encoding.UTF8.GetBytes(text));
    }

    public PickleWriter Int(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Op('J').Raw(bytes);
    }

    public PickleWriter Long(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleWriter Storage(string type, string key, long count)
    {
        Op('(').Text("storage").Global("torch", type).Text(key).Text("cpu");
        return Long(count).Op('t').Op('Q');
    }

    /// <summary>A tensor by <c>_rebuild_tensor_v2</c>.</summary>
    public PickleWriter Tensor(string type, string key, long count, long offset, long[] shape, long[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(').Storage(type, key, count).Long(offset);
        foreach (long[] tuple in new[] { shape, strides })
        {
            Op('(');
            foreach (long value in tuple) Long(value);
            Op('t');
        }
        return Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
    }

    /// <summary>A dense float tensor of one dimension.</summary>
    public PickleWriter Floats(string key, int count) => Tensor("FloatStorage", key, count, 0, [count], [1]);

    public byte[] Stop()
    {
        Op('.');
        return _bytes.ToArray();
    }
}
