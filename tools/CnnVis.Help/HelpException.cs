namespace CnnVis.Help;

/// <summary>What the help lacks, or what is wrong with it.</summary>
/// <param name="file">Where it is to be mended.</param>
/// <param name="line">Line there, from 1.</param>
/// <param name="message">What to do.</param>
public sealed class HelpException(string file, int line, string message) : Exception(message)
{
    /// <summary>Where it is to be mended.</summary>
    public string File { get; } = file;

    /// <summary>Line there, from 1.</summary>
    public int Line { get; } = line;
}
