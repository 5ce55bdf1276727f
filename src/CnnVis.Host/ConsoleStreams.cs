namespace CnnVis.Host;

/// <summary>Where the standard streams lead.</summary>
internal static class ConsoleStreams
{
    /// <summary>The width of a line when no terminal tells it.</summary>
    public const int DefaultWidth = 120;

    /// <summary>Whether output must hold no escape sequences: it goes to a file or a pipe, or the user asked for none.</summary>
    public static bool Plain { get; } = Console.IsOutputRedirected
        || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("TERM") == "dumb";

    /// <summary>Whether somebody sits there: both what is typed and what is written is a terminal's.</summary>
    public static bool Interactive { get; } = !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Columns of a line.</summary>
    public static int Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Console.WindowWidth;
}
