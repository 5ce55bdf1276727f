using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What the completers share.</summary>
internal static class Completion
{
    /// <summary>The candidates that begin with what was typed, quoted where PowerShell needs it.</summary>
    public static IEnumerable<CompletionResult> Matching(string typed, IEnumerable<string> candidates, Func<string, string>? tip = null)
    {
        var pattern = WildcardPattern.Get(WildcardPattern.Escape(typed.Trim('\'', '"')) + "*", WildcardOptions.IgnoreCase);
        return candidates.Where(pattern.IsMatch).Select(c => new CompletionResult(Quoted(c), c, CompletionResultType.ParameterValue, tip?.Invoke(c) ?? c));
    }

    /// <summary>A tip for the name of a network: whether it is here.</summary>
    public static string StatusOf(string name) => $"{name}: {ModelCatalog.StatusOf(name).ToString().ToLowerInvariant()}";

    /// <summary>The network that the command line names so far, or null when that cannot be told.</summary>
    public static Network? Model(IDictionary bound)
    {
        try
        {
            EngineNatives.Ensure();
            return bound["Model"] switch
            {
                null => ModelCatalog.Get(ModelReference.Default.ToString()),
                PSObject { BaseObject: Network network } => network,
                Network network => network,
                var name => ModelCatalog.Structure(name.ToString()!), // a listed network's text is its name
            };
        }
        catch (CnnVisException)
        {
            return null;
        }
    }

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ':' or '\\') ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
