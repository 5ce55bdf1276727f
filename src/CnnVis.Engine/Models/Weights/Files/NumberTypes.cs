using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>Sizes of number formats, and what they are widened to.</summary>
internal static class NumberTypes
{
    /// <summary>Bytes a number.</summary>
    public static int Size(this NumberType type) => type switch
    {
        NumberType.Float64 or NumberType.Int64 or NumberType.UInt64 => 8,
        NumberType.Float32 or NumberType.Int32 or NumberType.UInt32 => 4,
        NumberType.Float16 or NumberType.BFloat16 or NumberType.Int16 or NumberType.UInt16 => 2,
        _ => 1,
    };

    /// <summary>Fractions become float32, whole numbers int64, truth values bool.</summary>
    public static ScalarType Widened(this NumberType type) => type switch
    {
        NumberType.Float32 or NumberType.Float64 or NumberType.Float16 or NumberType.BFloat16 => ScalarType.Float32,
        NumberType.Bool => ScalarType.Bool,
        _ => ScalarType.Int64,
    };
}
