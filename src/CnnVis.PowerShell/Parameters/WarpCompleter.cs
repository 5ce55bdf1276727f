using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes movements of pictures, with numbers to begin with.</summary>
public sealed class WarpCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, ["translate(8,0)", "rotate(15)", "scale(0.7)", "flip", "affine(1,0.2,-0.1,1)", "thinplate(0.04)"]);
}
