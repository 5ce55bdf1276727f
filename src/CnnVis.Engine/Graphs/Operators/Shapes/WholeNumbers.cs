using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Operators.Shapes;

/// <summary>Whole numbers of fewer than 64 bits, which are kept as int64, by ONNX's numbers of types.</summary>
internal static class WholeNumbers
{
    /// <summary>Bits, and whether there is a sign; null for another type.</summary>
    public static (int Count, bool Signed)? Bits(long type) => type switch
    {
        2 => (8, false),
        3 => (8, true),
        4 => (16, false),
        5 => (16, true),
        6 => (32, true),
        12 => (32, false),
        21 => (4, false),
        22 => (4, true),
        _ => null,
    };

    /// <summary>The numbers with the bits that the type has no place for taken off, as two's complement has it.</summary>
    public static Tensor Wrap(Tensor x, long type)
    {
        var (count, signed) = Bits(type) ?? throw new ArgumentOutOfRangeException(nameof(type), type, null);
        long range = 1L << count, half = signed ? range / 2 : 0;
        using Tensor mask = tensor(range - 1, device: x.device), shift = tensor(half, device: x.device);
        using Tensor shifted = x + shift, kept = shifted.bitwise_and(mask);
        return kept - shift;
    }
}
