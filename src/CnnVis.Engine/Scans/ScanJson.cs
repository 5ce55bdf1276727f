using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CnnVis.Engine.Scans;

/// <summary>How files of scans say things. Numbers come back exactly; what is missing, null, there twice or not known is refused.</summary>
internal static class ScanJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new SkippedConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { MayLeaveOutNulls } },
    };

    private static void MayLeaveOutNulls(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
            if (property.IsRequired && (Nullable.GetUnderlyingType(property.PropertyType) is not null || !property.PropertyType.IsValueType && (property.AssociatedParameter?.IsNullable ?? property.IsSetNullable))) property.IsRequired = false;
    }

    private sealed class SkippedConverter : JsonConverter<Skipped>
    {
        public override Skipped Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return Skipped.Value;
        }

        public override void Write(Utf8JsonWriter writer, Skipped value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}

/// <summary>A value that is there, and nobody looks at.</summary>
internal sealed class Skipped
{
    public static Skipped Value { get; } = new();
}
