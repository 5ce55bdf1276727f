using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CnnVis.PowerShell.Tests.Running;

/// <summary>Runs script blocks of a test file in scopes of the file's own session state, nested as the blocks are.</summary>
internal sealed partial class Scopes(SessionState session)
{
    // The scope lasts as long as this block: what is dot-sourced inside lands in it. The names are such that no test uses them.
    private static readonly ScriptBlock _newScope = ScriptBlock.Create("param($______inside) $______inside.Invoke()");

    // A try makes every terminating error end the block, as it does under Pester.
    private static readonly ScriptBlock _dotSource = ScriptBlock.Create(
        "param($______block, $______keys) try { $null = . $______block @______keys } catch { $_ }");

    /// <summary>Does something in a new scope that has the variables of <paramref name="data"/>.</summary>
    public void Enter(TestData? data, Action inside)
    {
        // An error is carried past the script that opens the scope, which would wrap it.
        Exception? error = null;
        Action guarded = () =>
        {
            try
            {
                if (data is not null)
                {
                    foreach (DictionaryEntry entry in data.Keys) session.PSVariable.Set((string)entry.Key, entry.Value);
                    session.PSVariable.Set("_", data.Item);
                }
                inside();
            }
            catch (Exception exception)
            {
                error = exception;
            }
        };
        session.InvokeCommand.InvokeScript(true, _newScope, null, guarded);
        if (error is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
    }

    /// <summary>Runs a block in the current scope, dropping its output; the error that ended it, or null.</summary>
    public ErrorRecord? Run(ScriptBlock block, TestData? data)
    {
        try
        {
            return session.InvokeCommand.InvokeScript(false, _dotSource, null, block, data?.Keys ?? []).Select(result => (ErrorRecord)result.BaseObject).SingleOrDefault();
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            return new ErrorRecord(exception, "Escaped", ErrorCategory.NotSpecified, block);
        }
    }

    /// <summary>A name with each <c>&lt;expression&gt;</c> replaced by the value of that variable; one that has none yet stays.</summary>
    public string Expand(string name) => Template().Replace(name, match => match.Groups["literal"].Success
        ? match.Groups["literal"].Value
        : Value(match.Groups["expression"].Value) is { Length: > 0 } value ? value : match.Value);

    private string Value(string expression) =>
        session.InvokeCommand.InvokeScript(true, ScriptBlock.Create($"\"$(${expression})\""), null).Single().ToString();

    [GeneratedRegex("`(?<literal>[<>])|<(?<expression>[^>`]+)>")]
    private static partial Regex Template();
}
