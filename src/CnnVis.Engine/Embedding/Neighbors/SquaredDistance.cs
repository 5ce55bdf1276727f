using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>Squared Euclidean distances by differences, which do not cancel.</summary>
internal static class SquaredDistance
{
    /// <summary>Σ (a − b)², always added in the same order.</summary>
    public static float Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int vectors = a.Length & -Vector512<float>.Count;
        float distance = 0;
        if (vectors > 0)
        {
            ref float x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
            Vector512<float> sum = default;
            for (nuint i = 0; i < (nuint)vectors; i += (nuint)Vector512<float>.Count)
            {
                Vector512<float> d = Vector512.LoadUnsafe(ref x, i) - Vector512.LoadUnsafe(ref y, i);
                sum = Vector512.FusedMultiplyAdd(d, d, sum);
            }
            distance = Vector512.Sum(sum);
        }
        for (int i = vectors; i < a.Length; i++) distance += (a[i] - b[i]) * (a[i] - b[i]);
        return distance;
    }
}
