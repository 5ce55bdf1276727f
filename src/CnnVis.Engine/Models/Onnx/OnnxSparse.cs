using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Onnx;

/// <summary>Makes dense tensors of ONNX's sparse ones: values, and where they stand, as places in the flat tensor [n] or as tuples [n, rank]; 0 elsewhere.</summary>
internal static class OnnxSparse
{
    /// <summary>The dense tensor, detached from every dispose scope.</summary>
    /// <exception cref="CnnVisException">Values and places do not go together, or the tensor is too large.</exception>
    public static Tensor Read(SparseTensorProto proto)
    {
        string name = proto.Values?.Name ?? "";
        if (proto.Values is null || proto.Indices is null) throw Unreadable("lacks its values, or their places");
        using Tensor values = OnnxTensors.Read(proto.Values), indices = OnnxTensors.Read(proto.Indices);
        long[] dims = [.. proto.Dims];
        long count = Graphs.Extents.Count(dims);
        if (Array.Exists(dims, d => d < 0) || count > Graphs.Extents.Limit / 8) throw Unreadable($"has the impossible shape [{string.Join(", ", dims)}]");
        if (values.dim() != 1 || indices.dtype != ScalarType.Int64 || !(indices.shape.AsSpan().SequenceEqual([values.shape[0]]) || indices.shape.AsSpan().SequenceEqual([values.shape[0], dims.Length])))
            throw Unreadable($"has values [{string.Join(", ", values.shape)}] and places [{string.Join(", ", indices.shape)}] in [{string.Join(", ", dims)}]");
        ReadOnlySpan<long> places = MemoryMarshal.Cast<byte, long>(indices.bytes);
        long[] flat = new long[values.shape[0]];
        for (int i = 0; i < flat.Length; i++)
        {
            if (indices.dim() == 1) flat[i] = places[i];
            else
                for (int d = 0; d < dims.Length; d++)
                {
                    long place = places[i * dims.Length + d];
                    if (place < 0 || place >= dims[d]) throw Unreadable($"names place {place} of {dims[d]}");
                    flat[i] = flat[i] * dims[d] + place;
                }
            if (flat[i] < 0 || flat[i] >= count) throw Unreadable($"names place {flat[i]} of {count}");
        }
        using var scope = NewDisposeScope();
        return zeros([count], values.dtype).index_copy(0, tensor(flat), values).reshape(dims).DetachFromDisposeScope();

        CnnVisException Unreadable(string what) => new(ErrorIds.ModelUnreadable, $"Sparse parameter '{name}' {what}.", name);
    }
}
