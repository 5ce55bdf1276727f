using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes names of networks where a file may be meant too: the names first, then the files.</summary>
public sealed class NetworkFileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, ModelCatalog.Names, Completion.StatusOf).Concat(CompletionCompleters.CompleteFilename(wordToComplete));
}
