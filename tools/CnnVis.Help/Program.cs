using CnnVis.Help;
using CnnVis.Help.Markdown;
using CnnVis.Help.Metadata;
using CnnVis.Help.Writing;

if (args is not [var assembly, var pages, var target])
{
    Console.Error.WriteLine("Usage: dotnet CnnVis.Help.dll <module.dll> <folder of Verb-Noun.md> <module.dll-Help.xml>");
    return 2;
}
try
{
    var module = new ModuleAssembly(assembly);
    var documentation = new XmlDocumentation(Path.GetDirectoryName(assembly)!);
    IReadOnlyList<CmdletDescription> cmdlets = CmdletReader.Read(module, documentation);
    IReadOnlyDictionary<string, HelpPage> written = PageFolder.Read(pages, [.. cmdlets.Select(c => c.Name)]);
    MamlWriter.Write(target, cmdlets.Select(c => (c, written[c.Name])));
    return 0;
}
catch (HelpException error)
{
    // As compilers say it, so that the build shows the place and fails.
    Console.Error.WriteLine($"{error.File}({error.Line}): error HELP: {error.Message}");
    return 1;
}
