using System.Text.RegularExpressions;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Finds in the path of a picture what it shows.</summary>
internal static class LabelPattern
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>What a regular expression's group "label" finds in a path, or its first group, or the whole; null where nothing is found.</summary>
    /// <exception cref="CnnVisException">It is no regular expression.</exception>
    public static Func<string, string?> Of(string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant, _patience);
            return path => regex.Match(path.Replace('\\', '/')) is not { Success: true } found ? null
                : found.Groups["label"].Success ? found.Groups["label"].Value : found.Groups.Count > 1 ? found.Groups[1].Value : found.Value;
        }
        catch (ArgumentException e)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"'{pattern}' is no regular expression: {e.Message}", pattern, e);
        }
    }
}
