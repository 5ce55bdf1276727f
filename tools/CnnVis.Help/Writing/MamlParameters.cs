using System.Management.Automation;
using System.Xml.Linq;
using CnnVis.Help.Metadata;
using static CnnVis.Help.Writing.MamlNames;

namespace CnnVis.Help.Writing;

/// <summary>Parameters, in a syntax and in full.</summary>
internal static class MamlParameters
{
    /// <summary>As a syntax shows it: choices spelled out, switches without a value.</summary>
    public static XElement Short(ParameterDescription parameter) => Element(parameter,
        parameter.Choices.Count > 0 ? new XElement(Command + "parameterValueGroup", parameter.Choices.Select(c => Value(c, required: false, parameter.IsArray)))
        : parameter.Type == typeof(SwitchParameter) ? null
        : Value(TypeNames.Of(parameter.Type), required: true, parameter.IsArray));

    /// <summary>In full.</summary>
    public static XElement Full(ParameterDescription parameter) => Element(parameter,
        Value(TypeNames.Of(parameter.Type), parameter.Type != typeof(SwitchParameter), parameter.IsArray));

    /// <summary>What a parameter takes from the pipeline.</summary>
    public static XElement Input(ParameterDescription parameter) => new(Command + "inputType",
        Type(parameter.Type.FullName!),
        Description([$"-{parameter.Name} takes it{(parameter.ByValue, parameter.ByPropertyName) switch
        {
            (true, true) => $", or its property {Names(parameter)}",
            (true, false) => "",
            _ => $" from the property {Names(parameter)}",
        }}: {parameter.Description[0]}"]));

    private static XElement Element(ParameterDescription parameter, XElement? value) => new(Command + "parameter",
        new XAttribute("required", parameter.Mandatory),
        new XAttribute("variableLength", parameter.IsArray),
        new XAttribute("globbing", parameter.Wildcards),
        new XAttribute("pipelineInput", Pipeline(parameter)),
        new XAttribute("position", parameter.Position?.ToString() ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        new XElement(Maml + "name", parameter.Name),
        Description(parameter.Description),
        value,
        Type(TypeNames.Of(parameter.Type)),
        new XElement(Dev + "defaultValue", parameter.Default));

    private static XElement Value(string text, bool required, bool isArray) =>
        new(Command + "parameterValue", new XAttribute("required", required), new XAttribute("variableLength", isArray), text);

    private static string Names(ParameterDescription parameter) => string.Join(", ", parameter.Aliases.Prepend(parameter.Name));

    private static string Pipeline(ParameterDescription parameter) => (parameter.ByValue, parameter.ByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
