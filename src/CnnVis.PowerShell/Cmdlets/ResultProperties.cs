using System.Management.Automation;
using System.Reflection;
using CnnVis.Engine.Reports;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>The properties of a result that a report tells: numbers, text, truths, short lists. What would decode pictures is not asked for.</summary>
internal static class ResultProperties
{
    /// <summary>Names and values, in their order. A property that fails has no value.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Of(PSObject item)
    {
        Type type = item.BaseObject.GetType();
        List<(string, object?)> values = [];
        foreach (PSPropertyInfo property in item.Properties)
        {
            if (property.MemberType is PSMemberTypes.AliasProperty or PSMemberTypes.ParameterizedProperty) continue;
            PropertyInfo? declared = property.MemberType == PSMemberTypes.Property && item.BaseObject is not PSCustomObject ? type.GetProperty(property.Name, BindingFlags.Public | BindingFlags.Instance) : null;
            if (declared is not null && (!ReportValues.IsTold(declared.PropertyType) || declared.IsDefined(typeof(RepeatsAttribute)))) continue;
            object? value = Value(property);
            if (declared is null && value is not null && !ReportValues.IsTold(value.GetType())) continue;
            values.Add((property.Name, value));
        }
        return values;
    }

    /// <summary>What a result is called: by what it is about, or what it says of itself.</summary>
    public static string Title(PSObject item)
    {
        string kind = item.BaseObject is PSCustomObject ? "Results" : item.BaseObject.GetType().Name;
        string[] about = [.. ((string[])["Path", "Method", "Layer", "Channel", "Class", "Model"]).Select(name => item.Properties[name] is { } property && Value(property) is { } value ? (name == "Path" ? System.IO.Path.GetFileName(value.ToString()) : name == "Channel" ? $"channel {value}" : value.ToString()) : null).OfType<string>().Where(t => t.Length is > 0 and < 80)];
        return about.Length > 0 ? $"{kind}: {string.Join(", ", about)}" : item.BaseObject.ToString() is { Length: > 0 and < 120 } text && item.BaseObject is not PSCustomObject && !text.StartsWith("CnnVis.", StringComparison.Ordinal) && !text.Contains('{', StringComparison.Ordinal) ? $"{kind}: {text}" : kind;
    }

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value is PSObject wrapped ? wrapped.BaseObject : property.Value;
        }
        catch (Exception error) when (error is GetValueException or CnnVisException)
        {
            return null;
        }
    }
}
