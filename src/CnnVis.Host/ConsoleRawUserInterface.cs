using System.Management.Automation.Host;

namespace CnnVis.Host;

/// <summary>The console's measures, colours and keys. There is no buffer of cells to read or scroll.</summary>
internal sealed class ConsoleRawUserInterface : PSHostRawUserInterface
{
    private const int DefaultHeight = 50;

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor
    {
        get => (int)Console.ForegroundColor < 0 ? ConsoleColor.Gray : Console.ForegroundColor;
        set => Console.ForegroundColor = value;
    }

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor
    {
        get => (int)Console.BackgroundColor < 0 ? ConsoleColor.Black : Console.BackgroundColor;
        set => Console.BackgroundColor = value;
    }

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => WindowSize;
        set => throw NoCells();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => new(ConsoleStreams.Width, Console.IsOutputRedirected || Console.WindowHeight <= 0 ? DefaultHeight : Console.WindowHeight);
        set => throw NoCells();
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get => ConsoleStreams.Interactive ? new(Console.CursorLeft, Console.CursorTop) : default;
        set
        {
            if (ConsoleStreams.Interactive) Console.SetCursorPosition(value.X, value.Y);
        }
    }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "";

    /// <inheritdoc/>
    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        ConsoleKeyInfo key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        ControlKeyStates states = 0;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control)) states |= ControlKeyStates.LeftCtrlPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt)) states |= ControlKeyStates.LeftAltPressed;
        if (key.Modifiers.HasFlag(ConsoleModifiers.Shift)) states |= ControlKeyStates.ShiftPressed;
        return new KeyInfo((int)key.Key, key.KeyChar, states, keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (KeyAvailable) Console.ReadKey(intercept: true);
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoCells();

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // The whole buffer filled with spaces is how Clear-Host says "clear".
        if (ConsoleStreams.Interactive) Console.Clear();
    }

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoCells();

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoCells();

    private static NotSupportedException NoCells() => new("This host has no console buffer to change.");
}
