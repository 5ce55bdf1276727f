using System.Management.Automation;

namespace CnnVis.Help.Metadata;

/// <summary>Type names as PowerShell's help writes them.</summary>
public static class TypeNames
{
    /// <summary>Short, with brackets for several: <c>String[]</c>.</summary>
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying);
        if (type.IsArray) return Of(type.GetElementType()!) + "[]";
        if (type.IsGenericType) return Of(type.GetGenericArguments()[^1]) + "[]"; // lists are all that the module has
        return type == typeof(SwitchParameter) ? "SwitchParameter" : type.Name;
    }
}
