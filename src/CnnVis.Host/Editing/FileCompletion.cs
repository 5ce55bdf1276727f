using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.Host.Editing;

/// <summary>Completes names of files and folders, for which PowerShell relies on a module that is not there.</summary>
internal static class FileCompletion
{
    /// <summary>The files and folders that begin with the word before the cursor.</summary>
    /// <param name="text">The line.</param>
    /// <param name="cursor">Where on it.</param>
    /// <param name="location">The folder that relative paths start from.</param>
    public static CommandCompletion Complete(string text, int cursor, string location)
    {
        Parser.ParseInput(text[..cursor], out Token[] tokens, out _);
        Token? word = tokens.FirstOrDefault(t => t.Kind != TokenKind.EndOfInput && t.Extent.EndOffset == cursor);
        string typed = word?.Text.Trim('\'', '"') ?? "";
        string folder = typed[..(typed.LastIndexOfAny(['/', Path.DirectorySeparatorChar]) + 1)];
        string root = folder.StartsWith("~/", StringComparison.Ordinal) ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + folder[1..] : folder;
        var matches = new Collection<CompletionResult>();
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(location, root)).EnumerateFileSystemInfos(typed[folder.Length..] + "*").OrderBy(e => e.Name, StringComparer.Ordinal))
                matches.Add(new CompletionResult(Quoted(folder + entry.Name), entry.Name, entry is DirectoryInfo ? CompletionResultType.ProviderContainer : CompletionResultType.ProviderItem, entry.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // No such folder, or not to be looked into: nothing to offer.
        }
        int start = word?.Extent.StartOffset ?? cursor;
        return new CommandCompletion(matches, -1, start, cursor - start);
    }

    private static string Quoted(string path) =>
        path.Any(c => char.IsWhiteSpace(c) || "'\"`$&|;,(){}#".Contains(c)) ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(path)}'" : path;
}
