using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights;

/// <summary>Writes numbers as float16 (IEEE 754 binary16: 11 significant bits, 2⁻¹⁴ to 65504 at that precision).</summary>
internal static class HalfPrecision
{
    /// <summary>Numbers converted at a time.</summary>
    private const int ChunkSize = 1 << 16;

    /// <summary>The smallest magnitude with all its bits; the smallest that is rounded past the largest.</summary>
    private const float SmallestNormal = 1f / (1 << 14), Overflow = 65520;

    /// <summary>Whether it can hold a tensor: nothing finite becomes infinite, and not all of it lies where bits are lost.</summary>
    public static bool Holds(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes);
        float largest = 0;
        foreach (float value in values)
            if (float.IsFinite(value)) largest = Math.Max(largest, Math.Abs(value));
        return largest is 0 or (>= SmallestNormal and < Overflow);
    }

    /// <summary>Appends numbers, rounded.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        Half[] chunk = new Half[Math.Min(ChunkSize, values.Length)];
        for (; values.Length > 0; values = values[Math.Min(ChunkSize, values.Length)..])
        {
            int count = Math.Min(ChunkSize, values.Length);
            for (int i = 0; i < count; i++) chunk[i] = (Half)values[i];
            stream.Write(MemoryMarshal.AsBytes(chunk.AsSpan(0, count)));
        }
    }
}
