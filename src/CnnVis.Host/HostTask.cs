namespace CnnVis.Host;

/// <summary>What the command line asks for.</summary>
internal enum HostTask
{
    /// <summary>Read commands and run them until <c>exit</c>.</summary>
    Prompt,

    /// <summary>Run a script.</summary>
    File,

    /// <summary>Run a piece of PowerShell.</summary>
    Command,

    /// <summary>Show the usage.</summary>
    Help,
}
