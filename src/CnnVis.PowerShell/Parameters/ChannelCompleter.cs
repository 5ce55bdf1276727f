using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes channel numbers of the layer on the command line.</summary>
public sealed class ChannelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Completion.Model(fakeBoundParameters, commandAst) is not { } model) return [];
        string? layer = fakeBoundParameters["Layer"] switch { null => null, object[] { Length: > 0 } many => many[0].ToString(), var one => one.ToString() };
        int channels = model.Layers.Where(l => layer is null || string.Equals(l.Alias, layer, StringComparison.OrdinalIgnoreCase) || string.Equals(l.Name, layer, StringComparison.OrdinalIgnoreCase))
            .Select(l => l.Channels).DefaultIfEmpty(0).Max();
        return Completion.Matching(wordToComplete, Enumerable.Range(0, channels).Select(c => c.ToString(CultureInfo.InvariantCulture)));
    }
}
