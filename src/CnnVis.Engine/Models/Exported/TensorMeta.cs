using System.Text.Json;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Exported;

/// <summary>What a program of torch.export says of a tensor.</summary>
/// <param name="Type">torch's number of its dtype, as the schema has it.</param>
/// <param name="Sizes">Its extents; −1 where one is a symbol.</param>
/// <param name="Strides">Numbers from one element to the next, by dimension; null where they are not all known.</param>
/// <param name="Offset">Its first number in its storage.</param>
internal sealed record TensorMeta(int Type, long[] Sizes, long[]? Strides, long Offset)
{
    private const int RankLimit = 64;

    /// <summary>The schema's names of dtypes, which older files write instead of numbers, and what we read them as.</summary>
    private static readonly (int Type, string Name, NumberType? Number)[] _types =
    [
        (1, "BYTE", NumberType.UInt8), (2, "CHAR", NumberType.Int8), (3, "SHORT", NumberType.Int16), (4, "INT", NumberType.Int32), (5, "LONG", NumberType.Int64),
        (6, "HALF", NumberType.Float16), (7, "FLOAT", NumberType.Float32), (8, "DOUBLE", NumberType.Float64), (12, "BOOL", NumberType.Bool), (13, "BFLOAT16", NumberType.BFloat16), (28, "UINT16", NumberType.UInt16),
    ];

    /// <summary>Whether its numbers are fractions.</summary>
    public bool IsFraction => Type is 6 or 7 or 8 or 13;

    /// <exception cref="CnnVisException">It is none.</exception>
    public static TensorMeta Of(JsonElement meta)
    {
        if (meta.ValueKind != JsonValueKind.Object) throw Damaged();
        long[] sizes = Extents(meta, "sizes") ?? throw Damaged();
        long[]? strides = Extents(meta, "strides");
        return new TensorMeta(
            meta.TryGetProperty("dtype", out JsonElement type) ? TypeOf(type) : throw Damaged(), sizes,
            strides is null || strides.Length != sizes.Length || strides.Contains(-1) ? null : strides,
            meta.TryGetProperty("storage_offset", out JsonElement offset) ? Extent(offset) : 0);
    }

    /// <summary>A dtype as a number, from the number or the name.</summary>
    public static int TypeOf(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.Number when type.TryGetInt32(out int number) => number,
        JsonValueKind.String when type.GetString() is { } name => Array.Find(_types, t => name.EndsWith(t.Name, StringComparison.OrdinalIgnoreCase) && (name.Length == t.Name.Length || name[^(t.Name.Length + 1)] == '.')).Type,
        _ => 0,
    };

    /// <summary>Its number format in the file.</summary>
    /// <exception cref="CnnVisException">It is not read.</exception>
    public NumberType Number(string name) => Array.Find(_types, t => t.Type == Type).Number
        ?? throw WeightErrors.Unreadable($"tensor {WeightErrors.Quote(name)} is of the schema's type {Type}, which is not read; convert the model to float32 before exporting it.");

    /// <summary>Its extents, which are all numbers.</summary>
    /// <exception cref="CnnVisException">One is a symbol.</exception>
    public long[] FixedSizes(string name) => !Sizes.Contains(-1) ? Sizes : throw WeightErrors.Unreadable($"tensor {WeightErrors.Quote(name)} has no fixed size; the file is damaged.");

    private static long[]? Extents(JsonElement meta, string name)
    {
        if (!meta.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array) return null;
        return list.GetArrayLength() <= RankLimit ? [.. list.EnumerateArray().Select(Extent)] : throw Damaged();
    }

    /// <summary><c>{"as_int": 3}</c>, or <c>{"as_expr": …}</c> for a symbol.</summary>
    private static long Extent(JsonElement extent) => extent.ValueKind == JsonValueKind.Number ? extent.GetInt64()
        : extent.ValueKind == JsonValueKind.Object && extent.TryGetProperty("as_int", out JsonElement number) && number.TryGetInt64(out long value) && value >= 0 ? value : -1;

    private static CnnVisException Damaged() => WeightErrors.Unreadable("its description of a tensor is damaged.");
}
