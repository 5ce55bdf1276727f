namespace CnnVis.Engine.Graphs.Operators.Quantization;

/// <summary>The whole numbers that quantised values are made of, by ONNX's numbers of types.</summary>
internal static class QuantizedType
{
    /// <summary>uint8, ONNX's default.</summary>
    public const long Default = 2;

    /// <summary>Smallest and largest value.</summary>
    /// <exception cref="CnnVisException">It is another type.</exception>
    public static (long Low, long High) Range(long type) => type switch
    {
        2 => (byte.MinValue, byte.MaxValue),
        3 => (sbyte.MinValue, sbyte.MaxValue),
        4 => (ushort.MinValue, ushort.MaxValue),
        5 => (short.MinValue, short.MaxValue),
        21 => (0, 15),
        22 => (-8, 7),
        _ => throw new CnnVisException(ErrorIds.OperatorNotSupported, $"Quantisation to type {type} is not supported; whole numbers of 4, 8 and 16 bits are.", type),
    };
}
