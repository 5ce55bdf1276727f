using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Models;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes names of networks, the tip telling whether each is here, then files of networks and the folders to them.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <summary>What files end in that <c>-Model</c> reads.</summary>
    private static readonly string[] _endings = [".onnx", ".pt2"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, ModelCatalog.Names, Completion.StatusOf).Concat(CompletionCompleters.CompleteFilename(wordToComplete)
            .Where(f => f.ResultType == CompletionResultType.ProviderContainer || _endings.Contains(Path.GetExtension(f.ListItemText), StringComparer.OrdinalIgnoreCase)));
}
