using System.Globalization;
using System.Text.RegularExpressions;

namespace CnnVis.Engine.Models.Naming;

/// <summary>
/// How the layers of some modules are called. In its templates <c>{1}</c> is what the pattern's first group found, <c>{1+1}</c> that number and one more, <c>{1_}</c> the
/// same and an underscore where it found something, and <c>{#}</c> the module's number, counted through with the convolutions.
/// </summary>
/// <param name="Pattern">Of the module's path; its first group names the module for <c>{#}</c>.</param>
/// <param name="Label">Template of what the names of a block's layers share behind their kind; or of the whole name.</param>
/// <param name="Part">Template of a layer's number in its block; counted where it comes out empty. Null where <paramref name="Label"/> is the whole name.</param>
internal sealed partial record NamingRule(string Pattern, string Label, string? Part)
{
    // Made when a network of the family is there: most sessions never need it.
    private Regex? _regex;

    /// <summary>Layers of a block: conv2_1_3 in the block labelled 2_1.</summary>
    public static NamingRule Block(string pattern, string label, string part = "") => new(pattern, label, part);

    /// <summary>One layer, called as the template says.</summary>
    public static NamingRule Layer(string pattern, string name) => new(pattern, name, null);

    /// <summary>Whether, and where, the rule fits a path.</summary>
    public Match Match(string path) => (_regex ??= new Regex(Pattern, RegexOptions.CultureInvariant)).Match(path);

    /// <summary>The template with its places filled.</summary>
    public static string Fill(string template, Match match, Func<string, int> number) => Place().Replace(template, place =>
    {
        if (place.Groups["index"].Value == "#") return number(match.Groups[1].Value).ToString(CultureInfo.InvariantCulture);
        string found = match.Groups[place.Groups["index"].Value].Value;
        if (place.Groups["more"].Length > 0) return (int.Parse(found, CultureInfo.InvariantCulture) + int.Parse(place.Groups["more"].Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        return place.Groups["line"].Length > 0 && found.Length > 0 ? found + "_" : found;
    });

    [GeneratedRegex(@"\{(?<index>\d|#)(?<more>[+-]\d)?(?<line>_)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
