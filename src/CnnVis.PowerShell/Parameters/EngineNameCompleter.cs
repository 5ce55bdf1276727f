using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes names that the engine knows. Where it cannot be loaded there are none.</summary>
public abstract class EngineNameCompleter : IArgumentCompleter
{
    /// <summary>The names.</summary>
    protected abstract IEnumerable<string> Names { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            EngineNatives.Ensure();
            return Completion.Matching(wordToComplete, Names);
        }
        catch (CnnVisException)
        {
            return [];
        }
    }
}
