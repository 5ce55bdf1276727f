namespace CnnVis.Host;

/// <summary>The exit codes that <c>pwsh</c> uses as well.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>A terminating error; with <c>-Command</c>, also a failed last statement.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense, or the script is not there.</summary>
    public const int BadArguments = 64;

    /// <summary>Stopped by Ctrl+C: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
