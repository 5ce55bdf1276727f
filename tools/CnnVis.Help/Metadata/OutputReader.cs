using System.Reflection;

namespace CnnVis.Help.Metadata;

/// <summary>Describes what a cmdlet emits from the documentation of its type.</summary>
internal static class OutputReader
{
    /// <summary>The module's own types, with their properties; of others the name.</summary>
    public static OutputDescription Read(Type type, XmlDocumentation documentation)
    {
        if (!documentation.Covers(type)) return new OutputDescription(type.FullName!, []);
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken)
            .Select(p => $"{p.Name} ({TypeNames.Of(p.PropertyType)}): {documentation.Summary(p)}");
        return new OutputDescription(type.FullName!, [documentation.Summary(type), .. properties]);
    }
}
