using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Tensors;

/// <summary>Numbers out of libtorch's memory.</summary>
internal static class TensorNumbers
{
    /// <summary>A copy of a tensor's numbers as float32, the last index the fastest. Leaves nothing behind, in whatever scope.</summary>
    public static float[] ToFloats(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().to(ScalarType.Float32).cpu().contiguous().bytes).ToArray();
    }

    /// <summary>The place of the largest number; the lowest of equals.</summary>
    public static int PlaceOfLargest(this ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[largest]) largest = i;
        return largest;
    }
}
