using System.Xml.Linq;
using CnnVis.Help.Markdown;
using CnnVis.Help.Metadata;
using static CnnVis.Help.Writing.MamlNames;

namespace CnnVis.Help.Writing;

/// <summary>Writes help as <c>Get-Help</c> reads it: MAML, schema 2.0.0.</summary>
public static class MamlWriter
{
    /// <summary>Writes the file; makes its folder.</summary>
    public static void Write(string file, IEnumerable<(CmdletDescription Cmdlet, HelpPage Page)> commands)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        new XDocument(new XElement(Root + "helpItems", new XAttribute("schema", "maml"), commands.Select(c => Element(c.Cmdlet, c.Page)))).Save(file);
    }

    private static XElement Element(CmdletDescription cmdlet, HelpPage page) => new(Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Description([page.Synopsis])),
        Description(page.Description),
        new XElement(Command + "syntax", cmdlet.Syntaxes.Select(s => new XElement(Command + "syntaxItem", new XElement(Maml + "name", cmdlet.Name), s.Select(MamlParameters.Short)))),
        new XElement(Command + "parameters", cmdlet.Parameters.Select(MamlParameters.Full)),
        new XElement(Command + "inputTypes", cmdlet.Parameters.Where(p => p.ByValue || p.ByPropertyName).Select(MamlParameters.Input)),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(o => new XElement(Command + "returnValue", Type(o.Type), Description(o.Description)))),
        page.Notes.Count == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", page.Links.Select(l => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", l.Text), new XElement(Maml + "uri", l.Uri)))));

    private static XElement Example(HelpExample example, int index) => new(Command + "example",
        new XElement(Maml + "title", $"-------- Example {index + 1}: {example.Title} --------"),
        new XElement(Dev + "code", example.Code),
        // What is seen comes first; nothing, last, keeps the next title away.
        new XElement(Dev + "remarks", Paragraphs([.. example.Output.Length > 0 ? [example.Output] : Array.Empty<string>(), .. example.Remarks, ""])));
}
