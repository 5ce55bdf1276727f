namespace CnnVis.Help.Markdown;

/// <summary>The folder with a page a cmdlet.</summary>
public static class PageFolder
{
    /// <summary>The pages, by cmdlet.</summary>
    /// <exception cref="HelpException">A cmdlet has none, or one is of no cmdlet, or cannot be read.</exception>
    public static IReadOnlyDictionary<string, HelpPage> Read(string folder, IReadOnlyCollection<string> cmdlets)
    {
        foreach (string file in Directory.GetFiles(folder, "*.md"))
            if (!cmdlets.Contains(Path.GetFileNameWithoutExtension(file)))
                throw new HelpException(file, 1, $"There is no cmdlet {Path.GetFileNameWithoutExtension(file)}.");
        var pages = new Dictionary<string, HelpPage>();
        foreach (string cmdlet in cmdlets)
        {
            string file = Path.Combine(folder, cmdlet + ".md");
            if (!File.Exists(file)) throw new HelpException(file, 1, $"{cmdlet} has no help page: write one here.");
            pages[cmdlet] = PageReader.Read(file);
        }
        return pages;
    }
}
