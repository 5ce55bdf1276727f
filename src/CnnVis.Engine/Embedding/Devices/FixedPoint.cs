using static TorchSharp.torch;

namespace CnnVis.Engine.Embedding.Devices;

/// <summary>Sums of numbers as 64-bit integers: exact, and so the same in whatever order they are added.</summary>
internal static class FixedPoint
{
    /// <summary>Adds rows to the rows of a sum that an index names.</summary>
    /// <param name="sum">[m, …], int64; changed.</param>
    /// <param name="index">[n], the row of the sum of each.</param>
    /// <param name="rows">[n, …], float32.</param>
    /// <param name="bits">Bits behind the point; no sum may reach 2^(63 − bits).</param>
    public static void Add(Tensor sum, Tensor index, Tensor rows, int bits) => sum.index_add_(0, index, (rows * MathF.ScaleB(1, bits)).to(ScalarType.Int64), 1);

    /// <summary>The sum as float32.</summary>
    public static Tensor Value(Tensor sum, int bits) => sum.to(ScalarType.Float32) * MathF.ScaleB(1, -bits);
}
