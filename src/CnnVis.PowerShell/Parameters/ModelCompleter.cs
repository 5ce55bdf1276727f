using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes names of networks, the tip telling whether each is here; files are completed by the shell itself.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, ModelCatalog.Names, Completion.StatusOf);
}
