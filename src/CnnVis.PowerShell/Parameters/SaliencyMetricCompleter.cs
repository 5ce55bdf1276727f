using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Attribution.Metrics;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes the names of metrics of saliency maps.</summary>
public sealed class SaliencyMetricCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            EngineNatives.Ensure();
            return Completion.Matching(wordToComplete, SaliencyMetrics.Names);
        }
        catch (CnnVisException)
        {
            return [];
        }
    }
}
