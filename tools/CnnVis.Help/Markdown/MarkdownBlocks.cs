using System.Text.RegularExpressions;

namespace CnnVis.Help.Markdown;

/// <summary>The little of Markdown that help pages use: headings, paragraphs, lists and fenced code.</summary>
internal static partial class MarkdownBlocks
{
    /// <summary>A page's blocks, in order. Lines of a paragraph are joined; a list's item is a paragraph.</summary>
    /// <exception cref="HelpException">A fence is not closed.</exception>
    public static IEnumerable<MarkdownBlock> Read(string file)
    {
        string[] lines = File.ReadAllLines(file);
        var paragraph = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            bool fence = line.StartsWith("```", StringComparison.Ordinal), heading = line.StartsWith('#'), item = line.StartsWith("- ", StringComparison.Ordinal);
            if (paragraph.Count > 0 && (line.Length == 0 || fence || heading || item))
            {
                yield return new MarkdownBlock(BlockKind.Paragraph, Plain(string.Join(' ', paragraph)), i);
                paragraph.Clear();
            }
            if (fence)
            {
                int end = Array.FindIndex(lines, i + 1, l => l.TrimEnd() == "```");
                if (end < 0) throw new HelpException(file, i + 1, "The code that begins here has no end.");
                yield return new MarkdownBlock(line.StartsWith("```powershell", StringComparison.Ordinal) ? BlockKind.Code : BlockKind.Output, string.Join('\n', lines[(i + 1)..end]), i + 1);
                i = end;
            }
            else if (heading)
            {
                yield return new MarkdownBlock(line.StartsWith("## ", StringComparison.Ordinal) ? BlockKind.Section : BlockKind.Title, line.TrimStart('#').Trim(), i + 1);
            }
            else if (line.Length > 0)
            {
                paragraph.Add(line.TrimStart());
            }
        }
        if (paragraph.Count > 0) yield return new MarkdownBlock(BlockKind.Paragraph, Plain(string.Join(' ', paragraph)), lines.Length);
    }

    // Links are left to whoever wants them.
    private static string Plain(string text) => Emphasis().Replace(text, "$1");

    [GeneratedRegex(@"`([^`]*)`|\*\*([^*]*)\*\*")]
    private static partial Regex Emphasis();
}
