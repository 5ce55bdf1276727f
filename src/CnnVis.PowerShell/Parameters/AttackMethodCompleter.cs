using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Adversarial;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of attacks.</summary>
public sealed class AttackMethodCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            EngineNatives.Ensure();
            return Completion.Matching(wordToComplete, AttackMethods.Names);
        }
        catch (CnnVisException)
        {
            return [];
        }
    }
}
