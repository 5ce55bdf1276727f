using System.Text.RegularExpressions;

namespace CnnVis.Engine.Tests;

/// <summary>Links between the clone's pages lead to a file that is there, and to a heading that is in it, as a reader of the repository meets them (the site's links are followed by tools/New-Site.ps1).</summary>
public sealed partial class DocumentLinkTests
{
    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(page => !page.Split('/').Any(part => part is "bin" or "obj" or "output" or "shared" or "node_modules")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void LeadSomewhere(string page) => Assert.Empty(Broken(Path.Combine(Repository.Root, page)));

    [Fact]
    public void BrokenOnesAreFound()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["other.md"], "# One\n\n```\n# No heading\n```\n\n## `Two` & three\n\n## One\n");
        File.WriteAllText(folder["page.md"], "# A\n[a](other.md) [b](other.md#one-1) [c](other.md#two--three) [d](#a) ![e](https://example.org/x) `[f](none.md)`\n```\n[g](none.md)\n```\n[h](none.md) [i](other.md#no-heading) [j](#b) [k](Other.md)");
        Assert.Equal(["none.md", "other.md#no-heading", "#b", "Other.md"], Broken(folder["page.md"]));
    }

    /// <summary>A file system may not care for case, and the site's does.</summary>
    private static bool IsThere(string path)
    {
        string full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        return Path.Exists(full) && Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(full)!).Contains(full, StringComparer.Ordinal);
    }

    private static string[] Broken(string page) => [.. Link().Matches(Code().Replace(File.ReadAllText(page), "")).Select(match => match.Groups[1].Value).Where(to => !Address().IsMatch(to)).Where(to =>
    {
        string[] parts = Uri.UnescapeDataString(to).Split('#', 2);
        string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return !IsThere(target) || parts.Length > 1 && File.Exists(target) && !Anchors(target).Contains(parts[1]);
    })];

    /// <summary>What GitHub calls headings: small letters, nothing but letters, digits, hyphens and underscores, hyphens for spaces, and a number from the second of a name on.</summary>
    private static HashSet<string> Anchors(string page)
    {
        HashSet<string> anchors = new(StringComparer.Ordinal);
        foreach (Match heading in Heading().Matches(Fence().Replace(File.ReadAllText(page), "")))
        {
            string name = Dropped().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'), unique = name;
            for (int number = 1; !anchors.Add(unique); number++) unique = $"{name}-{number}";
        }
        return anchors;
    }

    [GeneratedRegex(@"\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)(?: ""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z][a-z+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M}_ -]")]
    private static partial Regex Dropped();
}
