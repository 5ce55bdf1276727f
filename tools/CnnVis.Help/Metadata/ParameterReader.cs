using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace CnnVis.Help.Metadata;

/// <summary>Reads one parameter off its property.</summary>
internal static class ParameterReader
{
    private const string None = "None";

    /// <summary>The two that PowerShell adds to a cmdlet that changes something.</summary>
    public static IReadOnlyList<ParameterDescription> ShouldProcess { get; } =
    [
        Switch("WhatIf", "wi", "Say what would be done, and do nothing."),
        Switch("Confirm", "cf", "Ask before anything is done."),
    ];

    public static ParameterDescription Read(PropertyInfo property, ParameterAttribute attribute, object instance, XmlDocumentation documentation)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        string[] choices = type.IsEnum ? Enum.GetNames(type) : [];
        List<string> description = [documentation.Summary(property)];
        foreach (string choice in choices) description.Add($"{choice}: {documentation.Summary(type.GetField(choice)!)}");
        if (Range(property) is { } range) description.Add(range);
        return new ParameterDescription(
            property.Name,
            type,
            description,
            attribute.Mandatory,
            attribute.Position == int.MinValue ? null : attribute.Position,
            attribute.ValueFromPipeline,
            attribute.ValueFromPipelineByPropertyName,
            property.IsDefined(typeof(SupportsWildcardsAttribute)),
            type.IsArray,
            property.GetCustomAttribute<AliasAttribute>()?.AliasNames.ToArray() ?? [],
            type == typeof(SwitchParameter) ? "False" : attribute.Mandatory ? None : Text(property.GetValue(instance)),
            choices);
    }

    private static string? Range(PropertyInfo property) => property.GetCustomAttribute<ValidateRangeAttribute>() switch
    {
        null => null,
        { MaxRange: int.MaxValue, MinRange: var low } => string.Create(CultureInfo.InvariantCulture, $"Accepts {low} and above."),
        { MaxRange: var high, MinRange: var low } => string.Create(CultureInfo.InvariantCulture, $"Accepts {low} to {high}."),
    };

    private static string Text(object? value) => value switch
    {
        null or "" or Array { Length: 0 } => None,
        Array items => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static ParameterDescription Switch(string name, string alias, string description) =>
        new(name, typeof(SwitchParameter), [description], Mandatory: false, Position: null, ByValue: false, ByPropertyName: false, Wildcards: false, IsArray: false, [alias], "False", []);
}
