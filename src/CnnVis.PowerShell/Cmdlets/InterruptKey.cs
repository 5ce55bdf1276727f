namespace CnnVis.PowerShell.Cmdlets;

/// <summary>
/// Makes Ctrl+C, pressed on this console, a request to finish early. Left to PowerShell it ends the whole pipeline, and nothing can be written any more. Where the
/// keyboard is not read from a console, it does nothing.
/// </summary>
internal sealed class InterruptKey : IDisposable
{
    private readonly Timer? _timer;
    private readonly Action _pressed;

    public InterruptKey(Action pressed)
    {
        _pressed = pressed;
        if (Console.IsInputRedirected || Console.TreatControlCAsInput) return;
        Console.TreatControlCAsInput = true;
        _timer = new Timer(_ => Look(), null, 100, 100);
    }

    private void Look()
    {
        lock (_pressed)
        {
            while (Console.KeyAvailable)
                if (Console.ReadKey(intercept: true) is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }) _pressed();
        }
    }

    public void Dispose()
    {
        if (_timer is null) return;
        using var over = new ManualResetEvent(false);
        if (_timer.Dispose(over)) over.WaitOne();
        Console.TreatControlCAsInput = false;
    }
}
