using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes layer names of the network on the command line; the tip tells operator and shape.</summary>
public sealed class LayerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var layers = Completion.Model(fakeBoundParameters)?.Layers ?? [];
        var tips = layers.ToDictionary(l => l.Alias, l => $"{l.Operator} [{string.Join(" x ", l.OutputShape)}]");
        return Completion.Matching(wordToComplete, layers.Select(l => l.Alias), alias => tips[alias]);
    }
}
