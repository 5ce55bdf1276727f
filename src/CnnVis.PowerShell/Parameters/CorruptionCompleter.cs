using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Corruptions;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of corruptions.</summary>
public sealed class CorruptionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            EngineNatives.Ensure();
            return Completion.Matching(wordToComplete, CorruptionMethods.Names);
        }
        catch (CnnVisException)
        {
            return [];
        }
    }
}
