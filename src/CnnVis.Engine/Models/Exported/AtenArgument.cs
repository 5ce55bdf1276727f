using System.Text.Json;
using CnnVis.Engine.Models.Weights;

namespace CnnVis.Engine.Models.Exported;

/// <summary>An argument of a call: the schema's union of some thirty kinds, as far as networks use them.</summary>
/// <param name="Kind">The union's tag: <c>as_tensor</c>, <c>as_ints</c>, …</param>
/// <param name="Value">What it holds.</param>
internal readonly record struct AtenArgument(string Kind, JsonElement Value)
{
    private const int ListLimit = 100_000;

    /// <summary>The one member of a union.</summary>
    /// <exception cref="CnnVisException">It has none, or more.</exception>
    public static AtenArgument Of(JsonElement union)
    {
        if (union.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty member in union.EnumerateObject()) return new AtenArgument(member.Name, member.Value);
        throw Damaged();
    }

    /// <summary>Whether it was left out.</summary>
    public bool IsNone => Kind is null or "as_none" || Kind == "as_optional_tensor" && Of(Value).IsNone;

    /// <summary>Name of the value that it stands for, or null where it is a number itself.</summary>
    public string? Name => Kind switch
    {
        "as_tensor" => Text(Value, "name"),
        "as_optional_tensor" => Of(Value).Name,
        "as_sym_int" or "as_sym_bool" or "as_sym_float" => Of(Value) is { Kind: "as_name" } inner ? inner.Value.GetString() : null,
        "as_name" => Value.GetString(),
        _ => null,
    };

    /// <summary>The number, where it is one.</summary>
    public double? Number => Kind switch
    {
        "as_int" or "as_float" when Value.ValueKind == JsonValueKind.Number => Value.GetDouble(),
        "as_float" when Value.ValueKind == JsonValueKind.String => Value.GetString() switch { "Infinity" or "inf" => double.PositiveInfinity, "-Infinity" or "-inf" => double.NegativeInfinity, "NaN" or "nan" => double.NaN, _ => null },
        "as_bool" => Value.ValueKind == JsonValueKind.True ? 1 : 0,
        "as_sym_int" or "as_sym_float" or "as_sym_bool" => Of(Value).Number,
        _ => null,
    };

    /// <summary>Whether it is a number with a fraction, or a name of one.</summary>
    public bool IsFraction => Kind is "as_float" or "as_sym_float";

    /// <summary>The items of a list; null where it is none.</summary>
    public AtenArgument[]? Items
    {
        get
        {
            if (Kind is null || Value.ValueKind != JsonValueKind.Array) return null;
            if (Value.GetArrayLength() > ListLimit) throw Damaged();
            string kind = Kind;
            return [.. Value.EnumerateArray().Select(item => kind switch
            {
                "as_ints" => new AtenArgument("as_int", item),
                "as_floats" => new AtenArgument("as_float", item),
                "as_bools" => new AtenArgument("as_bool", item),
                "as_tensors" => new AtenArgument("as_tensor", item),
                "as_sym_ints" or "as_sym_bools" or "as_sym_floats" or "as_optional_tensors" => Of(item),
                _ => throw Damaged(),
            })];
        }
    }

    private static string Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Damaged();

    private static CnnVisException Damaged() => WeightErrors.Unreadable("an argument in its program is damaged.");
}
