using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Attribution.Saliency;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of saliency methods.</summary>
public sealed class SaliencyMethodCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            EngineNatives.Ensure();
            return Completion.Matching(wordToComplete, SaliencyMethods.Names);
        }
        catch (CnnVisException)
        {
            return [];
        }
    }
}
