using System.Management.Automation;

namespace CnnVis.PowerShell.Parameters;

/// <summary>A name with wildcards, whatever its case.</summary>
internal sealed class NamePattern(string text)
{
    private readonly WildcardPattern _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);

    /// <summary>Whether a name is meant.</summary>
    /// <exception cref="CnnVisException">The pattern makes no sense.</exception>
    public bool IsMatch(string name)
    {
        try
        {
            return _pattern.IsMatch(name);
        }
        catch (WildcardPatternException e)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"'{text}' is no valid wildcard: {e.Message} A bracket that belongs to a name is written as `[ in single quotes.", text, e);
        }
    }
}
