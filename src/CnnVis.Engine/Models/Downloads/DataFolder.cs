using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Models.Downloads;

/// <summary>Where CnnVis keeps what it downloads: <c>$env:CNNVIS_HOME</c>, the folder of <c>Set-CnnOption -CacheFolder</c>, or the user's own application data (<c>~/.local/share/CnnVis</c>, <c>%LOCALAPPDATA%\CnnVis</c>).</summary>
public static class DataFolder
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string Variable = "CNNVIS_HOME";

    /// <summary>The folder, whether or not it exists yet. The variable is read anew each time.</summary>
    /// <exception cref="CnnVisException">The variable names no folder, or there is neither it nor a user folder.</exception>
    public static string Home
    {
        get
        {
            string? named = Environment.GetEnvironmentVariable(Variable);
            if (!string.IsNullOrWhiteSpace(named)) return Full(named.Trim());
            if (UserOptions.Current.CacheFolder is { } chosen) return Path.GetFullPath(chosen);
            string own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return own.Length > 0 ? Path.Join(own, "CnnVis")
                : throw new CnnVisException(ErrorIds.InvalidArgument, $"This user has no folder for application data. Set $env:{Variable} to the folder where networks may be kept.", Variable);
        }
    }

    /// <summary>The folder of weight files.</summary>
    public static string Weights => Path.Join(Home, "weights");

    /// <summary>Makes a folder below it, and those above that are missing, for this user alone.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder); // whose user folders are private already
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Full(string named)
    {
        // A shell expands ~ only where it stands unquoted.
        if (named is "~" || named.StartsWith("~/", StringComparison.Ordinal) || named.StartsWith("~\\", StringComparison.Ordinal))
            named = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + named[1..];
        try
        {
            return Path.GetFullPath(named);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"$env:{Variable} is '{named}', which names no folder: {error.Message}", named, error);
        }
    }
}
