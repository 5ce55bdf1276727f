namespace CnnVis.Engine.Models.Onnx.Upgrades;

/// <summary>ONNX's types of the values of a file, by its numbers of types. Tensors here are wider; where narrower arithmetic gives other numbers, the type tells.</summary>
internal static class ElementTypes
{
    public const long Float = 1, UInt8 = 2, Int8 = 3, UInt16 = 4, Int16 = 5, Int32 = 6, Int64 = 7, Bool = 9, UInt32 = 12, UInt64 = 13;

    private static readonly HashSet<string> _truths = new(["And", "Equal", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less", "LessOrEqual", "Not", "Or", "Xor"], StringComparer.Ordinal);

    private static readonly HashSet<string> _places = new(["ArgMax", "ArgMin", "NonMaxSuppression", "NonZero", "Shape", "Size"], StringComparer.Ordinal);

    /// <summary>The type of a node's output; null where it is not known.</summary>
    /// <param name="node">As the file has it, or in today's form.</param>
    /// <param name="output">Which.</param>
    /// <param name="known">Types of values that are known.</param>
    public static long? Of(NodeProto node, int output, Func<string, long?> known)
    {
        if (_truths.Contains(node.OpType)) return Bool;
        if (_places.Contains(node.OpType)) return Int64;
        return node.OpType switch
        {
            "Constant" => node.Attribute.FirstOrDefault(a => a.Name.StartsWith("value", StringComparison.Ordinal)) is not { } value ? null
                : value.T?.DataType ?? (value.Name.StartsWith("value_int", StringComparison.Ordinal) ? Int64 : Float),
            "ConstantOfShape" => node.Attribute.FirstOrDefault(a => a.Name == "value")?.T?.DataType ?? Float,
            "If" or "Loop" or "Scan" => null,
            "Cast" => Stated("to"),
            "BitCast" => Stated("to"),
            "EyeLike" => Stated("dtype") ?? Input(0),
            "CastLike" or "Where" => Input(1),
            "OneHot" => Input(2),
            "MaxPool" or "TopK" or "Unique" when output > 0 => Int64,
            "Dropout" when output > 0 => Bool,
            "QuantizeLinear" => Input(2) ?? Stated("output_dtype") ?? UInt8,
            "DequantizeLinear" => Stated("output_dtype") ?? Input(1),
            "DynamicQuantizeLinear" => output == 1 ? Float : UInt8,
            "ConvInteger" or "MatMulInteger" => Int32,
            "QLinearConv" or "QLinearMatMul" => Input(7),
            _ => Input(0),
        };

        long? Input(int index) => index < node.Input.Count ? known(node.Input[index]) : null;

        long? Stated(string attribute) => node.Attribute.FirstOrDefault(a => a.Name == attribute)?.I is { } type and not 0 ? type : null;
    }

    /// <summary>Bits of a type of whole numbers of fewer than 64, and whether it has a sign; null for any other.</summary>
    public static (int Bits, bool Signed)? Narrow(long type) => type switch
    {
        UInt8 => (8, false),
        Int8 => (8, true),
        UInt16 => (16, false),
        Int16 => (16, true),
        Int32 => (32, true),
        UInt32 => (32, false),
        21 => (4, false),
        22 => (4, true),
        _ => null,
    };
}
