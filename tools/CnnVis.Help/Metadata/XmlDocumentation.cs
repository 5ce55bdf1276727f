using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CnnVis.Help.Metadata;

/// <summary>The documentation that the compiler put beside the assemblies, as plain text.</summary>
public sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal);

    /// <param name="folder">Every documentation file in it is read.</param>
    public XmlDocumentation(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*.xml"))
        {
            XElement root = XElement.Load(file);
            if (root.Element("assembly")?.Element("name")?.Value is not { } assembly) continue;
            _assemblies.Add(assembly);
            foreach (XElement member in root.Descendants("member")) _members[member.Attribute("name")!.Value] = member;
        }
    }

    /// <summary>Whether the type's assembly is among those documented here.</summary>
    public bool Covers(Type type) => _assemblies.Contains(type.Assembly.GetName().Name!);

    /// <summary>What is said of a type, property or field; <c>inheritdoc</c> takes it from the property that is overridden.</summary>
    /// <exception cref="HelpException">Nothing is.</exception>
    public string Summary(MemberInfo member)
    {
        _members.TryGetValue(Id(member), out XElement? found);
        if (found?.Element("inheritdoc") is not null && member is PropertyInfo { GetMethod: { } getter } property)
        {
            Type declaring = getter.GetBaseDefinition().DeclaringType!;
            if (declaring != property.DeclaringType) return Summary(declaring.GetProperty(property.Name)!);
        }
        string text = found?.Element("summary") is { } summary ? Space().Replace(string.Concat(summary.Nodes().Select(Plain)), " ").Trim() : "";
        return text.Length > 0 ? text : throw new HelpException(member.Module.Name, 1, $"{Id(member)[2..]} has no <summary>: help needs one.");
    }

    private static string Id(MemberInfo member) => member switch
    {
        Type type => $"T:{Name(type)}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}",
        _ => $"F:{Name(member.DeclaringType!)}.{member.Name}",
    };

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } see => Reference(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => reference.Attribute("name")!.Value,
        XElement element => string.Concat(element.Nodes().Select(Plain)),
        _ => "",
    };

    /// <summary>The name's last part: what a user of PowerShell sees.</summary>
    private static string Reference(XElement see) =>
        see.Attribute("cref")?.Value is { } member ? Parenthesis().Replace(member, "").Split('.', ':')[^1] : see.Value.Length > 0 ? see.Value : see.Attributes().First().Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\(.*\)")]
    private static partial Regex Parenthesis();
}
