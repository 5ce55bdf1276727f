using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CnnVis.Engine.Models;
using CnnVis.PowerShell.Loading;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What the completers share.</summary>
internal static class Completion
{
    private static (string Name, DateTime Changed, Network Network)? _last;

    /// <summary>The candidates that begin with what was typed, quoted where PowerShell needs it.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="tip">What is said of one; itself if left out.</param>
    /// <param name="anywhere">Then those that have it elsewhere.</param>
    public static IEnumerable<CompletionResult> Matching(string typed, IEnumerable<string> candidates, Func<string, string>? tip = null, bool anywhere = false)
    {
        string text = typed.Trim('\'', '"');
        return candidates.Where(c => c.Contains(text, StringComparison.OrdinalIgnoreCase) && (anywhere || c.StartsWith(text, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(c => c.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? 0 : 1).Select(c => new CompletionResult(Quoted(c), c, CompletionResultType.ParameterValue, tip?.Invoke(c) ?? c));
    }

    /// <summary>A tip for the name of a network: whether it is here.</summary>
    public static string StatusOf(string name) => $"{name}: {ModelCatalog.StatusOf(name).ToString().ToLowerInvariant()}";

    /// <summary>The network that the command line names so far, that of what comes down the pipeline, or null when that cannot be told.</summary>
    public static Network? Model(IDictionary bound, CommandAst command)
    {
        try
        {
            EngineNatives.Ensure();
            return (bound["Model"] ?? Piped(command)) switch
            {
                null => ModelCatalog.Get(ModelReference.Default.ToString()),
                PSObject { BaseObject: Network network } => network,
                Network network => network,
                var name => Structure(name.ToString()!), // a listed network's text is its name
            };
        }
        catch (CnnVisException)
        {
            return null;
        }
    }

    /// <summary>The network of a name or file, without its weights where that can be; the last one is kept, so that the next key answers at once.</summary>
    private static Network Structure(string name)
    {
        DateTime changed = File.GetLastWriteTimeUtc(name);
        if (_last is not { } last || last.Name != name || last.Changed != changed) _last = (name, changed, ModelCatalog.Structure(name));
        return _last.Value.Network;
    }

    /// <summary>The network that the pipeline before a command tells: of a variable, or of a command's -Model or first word.</summary>
    private static object? Piped(CommandAst command)
    {
        if (command?.Parent is not PipelineAst pipeline) return null;
        foreach (CommandBaseAst before in pipeline.PipelineElements.TakeWhile(e => e != command).Reverse())
        {
            if (before is CommandExpressionAst { Expression: VariableExpressionAst variable }) return ModelOf(Variable(variable));
            if (before is not CommandAst { CommandElements: var elements }) continue;
            int at = elements.ToList().FindIndex(e => e is CommandParameterAst p && p.ParameterName.Equals("Model", StringComparison.OrdinalIgnoreCase));
            ExpressionAst? named = at >= 0 ? (elements[at] as CommandParameterAst)!.Argument ?? (at + 1 < elements.Count ? elements[at + 1] as ExpressionAst : null)
                : elements[0].Extent.Text.EndsWith("-CnnModel", StringComparison.OrdinalIgnoreCase) && elements.Count > 1 ? elements[1] as ExpressionAst : null;
            switch (named)
            {
                case VariableExpressionAst value: return ModelOf(Variable(value));
                case StringConstantExpressionAst { Value: var name }: return name;
            }
        }
        return null;
    }

    /// <summary>The value of a variable, by a command inside the one that runs: while that does, the session's variables can be had in no other way.</summary>
    private static object? Variable(VariableExpressionAst variable)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Utility\\Get-Variable").AddParameter("Name", WildcardPattern.Escape(variable.VariablePath.UserPath)).AddParameter("ValueOnly").AddParameter("ErrorAction", ActionPreference.Ignore);
        return shell.Invoke() is [var value, ..] ? value : null;
    }

    private static object? ModelOf(object? value) => value switch
    {
        null => null,
        object[] { Length: > 0 } many => ModelOf(many[0]),
        _ => PSObject.AsPSObject(value) is { BaseObject: CnnModel model } ? model : PSObject.AsPSObject(value).BaseObject is ICnnResult { Origin: { } origin } ? origin.Model : null,
    };

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ':' or '\\') ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
