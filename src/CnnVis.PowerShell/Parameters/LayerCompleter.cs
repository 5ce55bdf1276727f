using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes layer names of the network on the command line; the aliases, or the network's own names where none of them fits; the tip tells operator and shape.</summary>
public sealed class LayerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var layers = Completion.Model(fakeBoundParameters, commandAst)?.Layers ?? [];
        var byAlias = Matching(l => l.Alias);
        return byAlias.Length > 0 ? byAlias : Matching(l => l.Name);

        CompletionResult[] Matching(Func<CnnLayer, string> name)
        {
            var tips = layers.ToDictionary(name, l => $"{l.Operator} [{string.Join(" x ", l.OutputShape)}]");
            return [.. Completion.Matching(wordToComplete, layers.Select(name), n => tips[n])];
        }
    }
}
