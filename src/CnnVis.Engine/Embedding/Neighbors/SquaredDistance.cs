using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CnnVis.Engine.Embedding.Neighbors;

/// <summary>Squared Euclidean distances by differences, which do not cancel; in double precision, which no float32 leaves.</summary>
internal static class SquaredDistance
{
    /// <summary>Σ (a − b)², always added in the same order.</summary>
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int vectors = a.Length & -Vector512<float>.Count;
        double distance = 0;
        if (vectors > 0)
        {
            ref float x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
            Vector512<double> low = default, high = default;
            for (nuint i = 0; i < (nuint)vectors; i += (nuint)Vector512<float>.Count)
            {
                var (x0, x1) = Vector512.Widen(Vector512.LoadUnsafe(ref x, i));
                var (y0, y1) = Vector512.Widen(Vector512.LoadUnsafe(ref y, i));
                x0 -= y0;
                x1 -= y1;
                low = Vector512.FusedMultiplyAdd(x0, x0, low);
                high = Vector512.FusedMultiplyAdd(x1, x1, high);
            }
            distance = Vector512.Sum(low + high);
        }
        for (int i = vectors; i < a.Length; i++) distance += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return distance;
    }
}
