using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes class names, and <c>Random</c> and <c>LeastLikely</c>.</summary>
public sealed class AttackTargetCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, ["Random", "LeastLikely", .. Completion.Model(fakeBoundParameters, commandAst)?.Classes ?? []], anywhere: true);
}
