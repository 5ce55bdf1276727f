using System.Xml.Linq;

namespace CnnVis.Help.Writing;

/// <summary>The namespaces of MAML, and what is written everywhere.</summary>
internal static class MamlNames
{
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    public static readonly XNamespace Root = "http://msh";

    /// <summary>A paragraph each.</summary>
    public static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) => texts.Select(t => new XElement(Maml + "para", t));

    /// <summary>A description of these paragraphs.</summary>
    public static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    /// <summary>A type by name.</summary>
    public static XElement Type(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));
}
