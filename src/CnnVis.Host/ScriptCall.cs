using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace CnnVis.Host;

/// <summary>The words of a command line as a call of a script, the way <c>pwsh -File</c> reads them.</summary>
internal static partial class ScriptCall
{
    /// <summary>
    /// <c>-Name</c> is a parameter that may take the next word, <c>-Name:value</c> one with its value, <c>-Name:$true</c> a switch; the rest are
    /// values, taken as they stand. A script that ends normally succeeds whatever its last command did: only <c>exit</c> hands on a number.
    /// </summary>
    public static string Write(string path, IEnumerable<string> words) =>
        $"& {string.Join(' ', words.Select(Word).Prepend(Quoted(path)))}; if (-not $?) {{ exit ($LASTEXITCODE ?? 1) }}";

    private static string Word(string word)
    {
        Match parameter = Parameter().Match(word);
        if (!parameter.Success) return Quoted(word);
        string value = parameter.Groups["value"].Value;
        return parameter.Groups["name"].Value + (value.ToLowerInvariant() is "" or "$true" or "$false" ? value : Quoted(value));
    }

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"^(?<name>-\p{L}\w*:?)(?<value>(?<=:).*)?$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
