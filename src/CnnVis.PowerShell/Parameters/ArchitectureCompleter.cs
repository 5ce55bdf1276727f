using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Models.Catalog;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes names of networks of the catalog.</summary>
public sealed class ArchitectureCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, NetworkCatalog.Names, Completion.StatusOf);
}
