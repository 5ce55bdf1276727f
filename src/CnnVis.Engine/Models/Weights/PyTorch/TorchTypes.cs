using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.PyTorch;

/// <summary>PyTorch's number types, by the names of their storages and of their dtypes.</summary>
internal static class TorchTypes
{
    private static readonly (string Storage, string Type, NumberType? Number)[] _all =
    [
        ("FloatStorage", "float32", NumberType.Float32),
        ("DoubleStorage", "float64", NumberType.Float64),
        ("HalfStorage", "float16", NumberType.Float16),
        ("BFloat16Storage", "bfloat16", NumberType.BFloat16),
        ("LongStorage", "int64", NumberType.Int64),
        ("IntStorage", "int32", NumberType.Int32),
        ("ShortStorage", "int16", NumberType.Int16),
        ("CharStorage", "int8", NumberType.Int8),
        ("ByteStorage", "uint8", NumberType.UInt8),
        ("BoolStorage", "bool", NumberType.Bool),
        ("", "uint16", NumberType.UInt16),
        ("", "uint32", NumberType.UInt32),
        ("", "uint64", NumberType.UInt64),
        ("ComplexFloatStorage", "complex64", null),
        ("ComplexDoubleStorage", "complex128", null),
        ("", "complex32", null),
        ("QUInt8Storage", "quint8", null),
        ("QInt8Storage", "qint8", null),
        ("QInt32Storage", "qint32", null),
        ("QUInt4x2Storage", "quint4x2", null),
        ("QUInt2x4Storage", "quint2x4", null),
        ("", "float8_e4m3fn", null),
        ("", "float8_e5m2", null),
        ("", "float8_e4m3fnuz", null),
        ("", "float8_e5m2fnuz", null),
        ("", "float8_e8m0fnu", null),
    ];

    /// <summary>Names of the storage types.</summary>
    public static IEnumerable<string> Storages => _all.Select(t => t.Storage).Where(s => s.Length > 0).Append(Untyped);

    /// <summary>Names of the dtypes.</summary>
    public static IEnumerable<string> Types => _all.Select(t => t.Type);

    /// <summary>A storage of bytes; its tensors say what they mean.</summary>
    public const string Untyped = "UntypedStorage";

    /// <summary>Bytes a number of a storage takes in a file, of types too that are not read otherwise.</summary>
    public static int Size(string storage) => storage switch
    {
        "ComplexDoubleStorage" => 16,
        "ComplexFloatStorage" => 8,
        "QInt32Storage" => 4,
        "QUInt8Storage" or "QInt8Storage" or "QUInt4x2Storage" or "QUInt2x4Storage" => 1,
        _ => Number(storage).Size(),
    };

    /// <summary>The number type of a storage or dtype.</summary>
    /// <exception cref="CnnVisException">Numbers of that type are not read.</exception>
    public static NumberType Number(string name) => name == Untyped ? NumberType.UInt8
        : _all.First(t => t.Storage == name || t.Type == name).Number
        ?? throw WeightErrors.Unreadable($"numbers of type {name} are not read; convert the weights to float32 before saving them.");
}
