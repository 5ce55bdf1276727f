namespace CnnVis.Engine.Models.Downloads;

/// <summary>How patient a download is.</summary>
public sealed record DownloadOptions
{
    /// <summary>The usual.</summary>
    public static DownloadOptions Default { get; } = new();

    /// <summary>Without a byte for so long, the connection is given up and a new one tried.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures in a row before it ends. One that brought <see cref="Gain"/> bytes begins a new row.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>What a connection must bring to count as progress.</summary>
    public long Gain { get; init; } = 1 << 20;

    /// <summary>Wait before the second attempt; it doubles each time, up to 30 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait between looks at a download that another process has under way.</summary>
    public TimeSpan LockPoll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Opens the file that is on its way.</summary>
    internal Func<string, FileStream> Append { get; init; } = path => new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous);
}
