using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes outputs, with an index for each of their axes.</summary>
public sealed class TargetCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, (Completion.Model(fakeBoundParameters, commandAst)?.Outputs ?? []).Select(o => $"{o.Name}[{string.Join(",", o.Shape.Select(_ => "0"))}]"));
}
