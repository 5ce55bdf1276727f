namespace CnnVis.Engine.Models.Downloads;

/// <summary>Whole hashes of weight files, as <c>sha256sum</c> writes them: the file that <c>$env:CNNVIS_MIRROR_HASHES</c> names. A file's name holds eight digits only, which anybody can bring about in minutes.</summary>
public static class KnownHashes
{
    /// <summary>Environment variable that names the list.</summary>
    public const string Variable = "CNNVIS_MIRROR_HASHES";

    /// <summary>A file's SHA-256 by the list; null where there is no list, or it does not have it.</summary>
    /// <param name="file">The file's name.</param>
    /// <exception cref="CnnVisException">The list cannot be read.</exception>
    public static string? Of(string file)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } list) return null;
        try
        {
            foreach (string line in File.ReadLines(list))
            {
                // "<64 digits>  name", or "<64 digits> *name" for binary mode.
                if (line.Length > 66 && line[64] == ' ' && Path.GetFileName(line[66..].Trim()) == file && line.AsSpan(0, 64).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0) return line[..64];
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"$env:{Variable} names '{list}', which cannot be read: {error.Message} It takes a file as sha256sum writes it.", list, error);
        }
        return null;
    }
}
