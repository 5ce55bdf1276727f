using System.Management.Automation.Internal;

namespace CnnVis.Host.Editing;

/// <summary>Draws a prompt and the line behind it, over as many rows as they take.</summary>
internal sealed class LineView
{
    private readonly string _prompt;
    private readonly int _promptLength;
    private int _top;
    private int _drawn;

    /// <summary>Begins at the cursor's row.</summary>
    public LineView(string prompt)
    {
        (_prompt, _promptLength) = (prompt, new StringDecorated(prompt).ContentLength);
        if (Console.CursorLeft > 0) Console.Out.WriteLine();
        _top = Console.CursorTop;
    }

    /// <summary>Draws the line over the last one, and puts the cursor in its place.</summary>
    public void Draw(EditBuffer line)
    {
        int length = _promptLength + line.Text.Length;
        // One cell more than the text, so that a full row goes on in the next; and over what the last one left.
        int cells = Math.Max(length + 1, _drawn);
        Console.SetCursorPosition(0, _top);
        Console.Out.Write(_prompt + line.Text.Replace('\n', '↵') + new string(' ', cells - length));
        int scrolled = _top + ((cells - 1) / Console.WindowWidth) - (Console.WindowHeight - 1);
        if (scrolled > 0) _top = Math.Max(0, _top - scrolled);
        _drawn = length + 1;
        Place(_promptLength + line.Cursor);
    }

    /// <summary>Leaves the line for the row below it.</summary>
    public void End(EditBuffer line)
    {
        Place(_promptLength + line.Text.Length);
        Console.Out.WriteLine();
    }

    private void Place(int cell) =>
        Console.SetCursorPosition(cell % Console.WindowWidth, Math.Min(_top + (cell / Console.WindowWidth), Console.WindowHeight - 1));
}
