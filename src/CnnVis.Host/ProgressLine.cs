using System.Management.Automation;

namespace CnnVis.Host;

/// <summary>One line of progress at the bottom of the terminal; nothing at all when standard error is no terminal.</summary>
internal sealed class ProgressLine
{
    private const int BarWidth = 20;

    private readonly Lock _lock = new();
    private int _drawn;

    /// <summary>Draws the newest state over the last one.</summary>
    public void Show(ProgressRecord record)
    {
        if (Console.IsErrorRedirected) return;
        Clear();
        if (record.RecordType == ProgressRecordType.Completed) return;
        string line = Text(record);
        int room = Math.Max(0, ConsoleStreams.Width - 1);
        if (line.Length > room) line = line[..room];
        lock (_lock)
        {
            Console.Error.Write(line);
            _drawn = line.Length;
        }
    }

    /// <summary>Takes the line away, so that something else can be written.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_drawn > 0) Console.Error.Write($"\r{new string(' ', _drawn)}\r");
            _drawn = 0;
        }
    }

    private static string Text(ProgressRecord record)
    {
        string text = $"{record.Activity}: {record.StatusDescription}";
        if (record.PercentComplete >= 0)
        {
            int done = Math.Min(record.PercentComplete, 100) * BarWidth / 100;
            text += $" [{new string('#', done)}{new string(' ', BarWidth - done)}] {record.PercentComplete}%";
        }
        if (record.SecondsRemaining >= 0) text += $" {TimeSpan.FromSeconds(record.SecondsRemaining):c} left";
        return text.ReplaceLineEndings(" ");
    }
}
