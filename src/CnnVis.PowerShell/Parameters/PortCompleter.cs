using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using CnnVis.Engine.Models.Onnx;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>Completes names of the inputs or outputs of the ONNX file on the command line.</summary>
public sealed class PortCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if ((fakeBoundParameters["Path"] ?? fakeBoundParameters["LiteralPath"])?.ToString() is not { } path) return [];
        try
        {
            EngineNatives.Ensure();
            string file = Runspace.DefaultRunspace.SessionStateProxy.Path.GetUnresolvedProviderPathFromPSPath(path);
            var (inputs, outputs) = OnnxReader.Ports(file);
            return Completion.Matching(wordToComplete, parameterName == "InputName" ? inputs : outputs);
        }
        catch (Exception e) when (e is CnnVisException or PSInvalidOperationException or SessionStateException)
        {
            return [];
        }
    }
}
