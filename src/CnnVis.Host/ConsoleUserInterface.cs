using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace CnnVis.Host;

/// <summary>Results to standard output; errors, warnings, messages and progress to standard error; questions to the console.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly ProgressLine _progress = new();

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface();

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => !ConsoleStreams.Plain;

    /// <inheritdoc/>
    public override void Write(string value)
    {
        _progress.Clear();
        Console.Out.Write(ConsoleStreams.Plain ? Bare(value) : value);
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        if (ConsoleStreams.Plain)
        {
            Write(value);
            return;
        }
        (Console.ForegroundColor, Console.BackgroundColor) = (foregroundColor, backgroundColor);
        Write(value);
        Console.ResetColor();
    }

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => Message(value);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => Message("WARNING: " + message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => Message("VERBOSE: " + message);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => Message("DEBUG: " + message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    /// <inheritdoc/>
    public override string ReadLine() => Console.In.ReadLine() ?? "";

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0) secret.RemoveAt(secret.Length - 1);
            else if (!char.IsControl(key.KeyChar)) secret.AppendChar(key.KeyChar);
        }
        WriteLine();
        return secret;
    }

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Ask(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
        {
            Write(field.Name + ": ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine());
        }
        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (Console.IsInputRedirected && defaultChoice < 0) throw new HostException($"Nobody is there to answer: {message}");
        Ask(caption, message);
        string options = string.Join("  ", choices.Select(c => $"[{Hotkey(c)}] {c.Label.Replace("&", "", StringComparison.Ordinal)}"));
        while (true)
        {
            Write(defaultChoice >= 0 ? $"{options}  (default is \"{Hotkey(choices[defaultChoice])}\"): " : $"{options}: ");
            if (Console.In.ReadLine()?.Trim() is not { Length: > 0 } answer)
            {
                if (defaultChoice >= 0) return defaultChoice;
                continue;
            }
            for (int i = 0; i < choices.Count; i++)
                if (answer.Equals(Hotkey(choices[i]), StringComparison.OrdinalIgnoreCase) || answer.Equals(choices[i].Label.Replace("&", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) return i;
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        Ask(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }
        Write($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private void Ask(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption)) WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
    }

    private void Message(string text)
    {
        _progress.Clear();
        Console.Error.WriteLine(ConsoleStreams.Plain || Console.IsErrorRedirected ? Bare(text) : text);
    }

    private static string Bare(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    private static string Hotkey(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&');
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label[mark + 1].ToString().ToUpperInvariant() : choice.Label;
    }
}
