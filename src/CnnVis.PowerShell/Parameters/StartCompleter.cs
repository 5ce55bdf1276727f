using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes what a picture may begin as, where it is no file.</summary>
public sealed class StartCompleter : IArgumentCompleter
{
    /// <summary>What the network's preparation makes zero.</summary>
    internal const string Mean = nameof(Mean);

    /// <summary>Half of everything.</summary>
    internal const string Grey = nameof(Grey);

    /// <summary>Chance.</summary>
    internal const string Noise = nameof(Noise);

    /// <summary>The words.</summary>
    internal static readonly string[] Words = [Mean, Grey, Noise];

    /// <summary>The word that a text is, in any case and either spelling; null where it is none.</summary>
    internal static string? Word(string? text) => Words.FirstOrDefault(w => w.Equals(text?.Replace("gray", Grey, StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Matching(wordToComplete, Words);
}
