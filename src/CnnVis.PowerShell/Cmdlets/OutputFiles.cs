using System.Management.Automation;
using CnnVis.Engine.Runtime;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>The files that one cmdlet writes: each confirmed, whole or not at all, and none over another of its own.</summary>
/// <param name="cmdlet">Who writes.</param>
/// <param name="advice">What to do where two items go to one file.</param>
internal sealed class OutputFiles(PSCmdlet cmdlet, string advice)
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Writes a file.</summary>
    /// <returns>Its full path; null where the user did not want it written.</returns>
    /// <exception cref="CnnVisException">It cannot be written, or may not be replaced.</exception>
    public string? Write(string path, string what, bool overwrite, Action<Stream> write)
    {
        string file = FilePaths.Plain(cmdlet.SessionState, path);
        if (!cmdlet.ShouldProcess(VisibleText.Of(file), what)) return null;
        if (!_written.Add(file)) throw new CnnVisException(ErrorIds.FileExists, $"'{file}' was just written for another item: {advice}.", file);
        AtomicFile.Write(file, write, overwrite);
        return file;
    }
}
