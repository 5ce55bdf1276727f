namespace CnnVis.Host.Editing;

/// <summary>Reads a line from the terminal: editing keys, history with the arrows, completion with Tab.</summary>
internal sealed class LineEditor(History history, TabCompletion completion)
{
    /// <summary>The line, or null when Ctrl+D ends the input.</summary>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    public string? Read(string prompt)
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Edit(new EditBuffer(), new LineView(prompt));
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private string? Edit(EditBuffer line, LineView view)
    {
        history.Rewind();
        while (true)
        {
            // What is pasted is drawn once.
            if (!Console.KeyAvailable) view.Draw(line);
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (key.Key != ConsoleKey.Tab) completion.Reset();
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    view.Draw(line);
                    view.End(line);
                    return line.Text;
                case ConsoleKey.C when control:
                    view.End(line);
                    throw new OperationCanceledException();
                case ConsoleKey.D when control && line.Text.Length == 0:
                    view.End(line);
                    return null;
                case ConsoleKey.Tab:
                    completion.Complete(line, forward: !key.Modifiers.HasFlag(ConsoleModifiers.Shift));
                    break;
                case ConsoleKey.UpArrow:
                    if (history.Previous(line.Text) is { } previous) line.Set(previous);
                    break;
                case ConsoleKey.DownArrow:
                    if (history.Next() is { } next) line.Set(next);
                    break;
                default:
                    Change(line, key, control);
                    break;
            }
        }
    }

    private static void Change(EditBuffer line, ConsoleKeyInfo key, bool control)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                line.MoveTo(control ? line.PreviousWord() : line.Cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                line.MoveTo(control ? line.NextWord() : line.Cursor + 1);
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                line.MoveTo(0);
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                line.MoveTo(line.Text.Length);
                break;
            case ConsoleKey.W when control:
            case ConsoleKey.Backspace when control:
                line.DeleteTo(line.PreviousWord());
                break;
            case ConsoleKey.Backspace:
                line.DeleteTo(line.Cursor - 1);
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when control:
                line.DeleteTo(control ? line.NextWord() : line.Cursor + 1);
                break;
            case ConsoleKey.K when control:
                line.DeleteTo(line.Text.Length);
                break;
            case ConsoleKey.U when control:
                line.DeleteTo(0);
                break;
            case ConsoleKey.Escape:
                line.Set("");
                break;
            default:
                if (!char.IsControl(key.KeyChar)) line.Insert(key.KeyChar.ToString());
                break;
        }
    }
}
