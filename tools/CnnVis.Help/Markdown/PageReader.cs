using System.Text.RegularExpressions;

namespace CnnVis.Help.Markdown;

/// <summary>
/// Reads a page: the cmdlet's name as title, a line that says what it does, paragraphs of description; then <c>## Example: …</c> with
/// <c>powershell</c> code, <c>text</c> output and remarks, as many as there are; <c>## Notes</c>; <c>## Links</c>, a list.
/// </summary>
internal sealed partial class PageReader
{
    private const string ExamplePrefix = "Example: ";
    private readonly string _file;
    private readonly MarkdownBlock[] _blocks;
    private int _at;

    private PageReader(string file) => (_file, _blocks) = (file, [.. MarkdownBlocks.Read(file)]);

    /// <summary>The page in a file, which is called as the cmdlet is.</summary>
    /// <exception cref="HelpException">Something of it is missing or out of place.</exception>
    public static HelpPage Read(string file) => new PageReader(file).Page();

    private HelpPage Page()
    {
        string name = Path.GetFileNameWithoutExtension(_file);
        if (Next(BlockKind.Title) != name) throw Wrong($"The page begins with '# {name}'.");
        string synopsis = Next(BlockKind.Paragraph) ?? throw Wrong("A line that says what the cmdlet does comes after the title.");
        IReadOnlyList<string> description = Paragraphs();
        if (description.Count == 0) throw Wrong("At least a paragraph of description follows the first line.");
        var examples = new List<HelpExample>();
        IReadOnlyList<string> notes = [];
        HelpLink[] links = [];
        while (Next(BlockKind.Section) is { } section)
        {
            if (section.StartsWith(ExamplePrefix, StringComparison.Ordinal)) examples.Add(Example(section[ExamplePrefix.Length..]));
            else if (section == "Notes") notes = Paragraphs();
            else if (section == "Links") links = [.. Paragraphs().Select(Link)];
            else throw Wrong($"'## {section}' is not known; use '## {ExamplePrefix}…', '## Notes' and '## Links'.");
        }
        if (_at < _blocks.Length) throw Wrong("This is out of place here.");
        if (examples.Count < 2) throw Wrong("A page has two examples or more.");
        return new HelpPage(synopsis, description, examples, notes, links);
    }

    private HelpExample Example(string title)
    {
        string code = Next(BlockKind.Code) ?? throw Wrong($"```powershell follows '## {ExamplePrefix}{title}'.");
        return new HelpExample(title, code, Next(BlockKind.Output) ?? "", Paragraphs());
    }

    private List<string> Paragraphs()
    {
        var paragraphs = new List<string>();
        while (Next(BlockKind.Paragraph) is { } text) paragraphs.Add(text);
        return paragraphs;
    }

    private static HelpLink Link(string item)
    {
        Match match = MarkdownLink().Match(item);
        return match.Success ? new HelpLink(match.Groups["text"].Value, match.Groups["uri"].Value) : new HelpLink(item[2..], "");
    }

    /// <summary>The next block's text if it is of that kind, and on past it.</summary>
    private string? Next(BlockKind kind) => _at < _blocks.Length && _blocks[_at].Kind == kind ? _blocks[_at++].Text : null;

    private HelpException Wrong(string message) => new(_file, _at < _blocks.Length ? _blocks[_at].Line : _blocks.LastOrDefault()?.Line ?? 1, message);

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<uri>[^)]+)\)")]
    private static partial Regex MarkdownLink();
}
