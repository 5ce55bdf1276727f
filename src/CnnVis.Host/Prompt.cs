using System.Management.Automation.Language;
using CnnVis.Host.Editing;

namespace CnnVis.Host;

/// <summary>Reads commands and runs them until <c>exit</c> or the end of input.</summary>
internal sealed class Prompt(Session session)
{
    private const string Continuation = ">> ";

    private readonly History _history = new();

    /// <returns>The exit code.</returns>
    public int Run()
    {
        var editor = new LineEditor(_history, new TabCompletion(session));
        Func<string, string?> read = ConsoleStreams.Interactive ? editor.Read : _ => Console.In.ReadLine();
        while (session.ExitRequested is null)
        {
            try
            {
                if (ReadCommand(read) is not { } command) break;
                if (string.IsNullOrWhiteSpace(command)) continue;
                _history.Add(command);
                session.RunCommand(command);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C while typing: what was typed is dropped.
            }
        }
        return session.ExitRequested ?? ExitCodes.Success;
    }

    private string? ReadCommand(Func<string, string?> read)
    {
        string? text = read(session.PromptText);
        while (text is not null && IsIncomplete(text))
        {
            if (read(Continuation) is not { } line) return text;
            text += "\n" + line;
        }
        return text;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(e => e.IncompleteInput);
    }
}
