using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes class names of the network on the command line; a name of several classes becomes their indices.</summary>
public sealed class ClassCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var classes = Completion.Model(fakeBoundParameters, commandAst)?.Classes ?? [];
        var indices = classes.Select((name, index) => (name, index)).ToLookup(c => c.name, c => c.index);
        return Completion.Matching(wordToComplete, classes.Distinct(), anywhere: true)
            .SelectMany(c => indices[c.ListItemText] is var of && of.Count() == 1 ? [c] : of.Select(i => new CompletionResult($"{i}", $"{i} {c.ListItemText}", c.ResultType, $"{c.ListItemText}: one of {of.Count()} classes of that name")));
    }
}
