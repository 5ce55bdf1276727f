using System.Buffers.Binary;
using System.Text.Json;
using CnnVis.Engine.Models.Weights.Files;

namespace CnnVis.Engine.Models.Weights.Safetensors;

/// <summary>
/// safetensors: the header's length (8 bytes, little endian), a JSON object <c>name → { dtype, shape, data_offsets: [begin, end] }</c>, the numbers.
/// Offsets count from the end of the header. The tensors must fill the rest of the file without gap or overlap, as the format demands.
/// </summary>
internal static class SafetensorsReader
{
    /// <summary>As the format's own library has it.</summary>
    private const long HeaderLimit = 100_000_000;

    public const string MetadataKey = "__metadata__";

    private static readonly Dictionary<string, NumberType> _types = new(StringComparer.Ordinal)
    {
        ["F64"] = NumberType.Float64,
        ["F32"] = NumberType.Float32,
        ["F16"] = NumberType.Float16,
        ["BF16"] = NumberType.BFloat16,
        ["I64"] = NumberType.Int64,
        ["I32"] = NumberType.Int32,
        ["I16"] = NumberType.Int16,
        ["I8"] = NumberType.Int8,
        ["U64"] = NumberType.UInt64,
        ["U32"] = NumberType.UInt32,
        ["U16"] = NumberType.UInt16,
        ["U8"] = NumberType.UInt8,
        ["BOOL"] = NumberType.Bool,
    };

    /// <summary>Whether a file that begins so is one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.Length > 8 && start[8] == '{' && BinaryPrimitives.ReadInt64LittleEndian(start) is > 1 and < 1L << 40;

    public static WeightContent Read(WeightSource source)
    {
        long length = BinaryPrimitives.ReadInt64LittleEndian(source.Read(0, 8));
        if (length > source.Length - 8) throw WeightSource.Truncated();
        if (length > HeaderLimit) throw WeightErrors.Unreadable($"its header of {length} bytes is longer than the {HeaderLimit} that the format allows.");
        var content = new WeightContent(WeightFormat.Safetensors);
        var ranges = new List<(long Begin, long End, string Name)>();
        var json = new Utf8JsonReader(source.Read(8, length));
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            if (name == MetadataKey) ReadMetadata(ref json, content.Metadata);
            else ReadTensor(ref json, name);
        }
        while (json.Read()) throw WeightErrors.Unreadable("its header goes on after its end.");
        long end = 0;
        foreach (var (first, last, name) in ranges.OrderBy(r => r.Begin).ThenBy(r => r.End))
        {
            if (first != end) throw WeightErrors.Unreadable($"tensor {WeightErrors.Quote(name)} {(first < end ? "overlaps another" : "leaves a gap before it")}; the file is damaged.");
            end = last;
        }
        if (end != source.Length - 8 - length) throw end > source.Length - 8 - length ? WeightSource.Truncated() : WeightErrors.Unreadable("it goes on after its last tensor; the file is damaged.");
        // What shares memory is stored once; save_model of safetensors.torch writes the other names beside it: alias → the name that is stored.
        foreach (var (alias, kept) in content.Metadata)
            if (!content.Tensors.ContainsKey(alias) && content.Tensors.TryGetValue(kept, out StoredTensor? tensor)) content.Add(alias, tensor);
        return content;

        void ReadTensor(ref Utf8JsonReader json, string name)
        {
            string? type = null;
            long[]? shape = null, offsets = null;
            Expect(ref json, JsonTokenType.StartObject);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                switch (json.GetString())
                {
                    case "dtype": Expect(ref json, JsonTokenType.String); type = json.GetString(); break;
                    case "shape": shape = ReadNumbers(ref json); break;
                    case "data_offsets": offsets = ReadNumbers(ref json); break;
                    default: json.Skip(); break;
                }
            }
            if (type is null || shape is null || offsets is not [var begin, var end] || begin > end) throw WeightErrors.Unreadable($"tensor {WeightErrors.Quote(name)} lacks its dtype, shape or data_offsets; the file is damaged.");
            if (!_types.TryGetValue(type, out NumberType number)) throw WeightErrors.Unreadable($"tensor {WeightErrors.Quote(name)} is of type {WeightErrors.Quote(type)}; {string.Join(", ", _types.Keys)} are read.");
            var range = new FileRange(source, checked(8 + length + begin), end - begin);
            content.Add(name, StoredTensor.Dense(new StoredNumbers(range, 0, number, StoredTensor.Count(shape)), shape));
            if (end > begin) ranges.Add((begin, end, name));
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader json, Dictionary<string, string> metadata)
    {
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string key = json.GetString()!;
            Expect(ref json, JsonTokenType.String);
            metadata[key] = json.GetString()!;
        }
    }

    private static long[] ReadNumbers(ref Utf8JsonReader json)
    {
        var numbers = new List<long>();
        Expect(ref json, JsonTokenType.StartArray);
        while (json.Read() && json.TokenType == JsonTokenType.Number)
        {
            if (numbers.Count == 64 || !json.TryGetInt64(out long number) || number < 0) throw Unexpected();
            numbers.Add(number);
        }
        return json.TokenType == JsonTokenType.EndArray ? [.. numbers] : throw Unexpected();
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type) throw Unexpected();
    }

    private static CnnVisException Unexpected() => WeightErrors.Unreadable("its header is no valid safetensors header; the file is damaged.");
}
