using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnVis.Engine.Runtime;

/// <summary>
/// The user's options, in a file that <c>$env:CNNVIS_OPTIONS</c> names, or in the user's folder of settings (<c>~/.config/CnnVis/options.json</c>, <c>%APPDATA%\CnnVis</c>). Read anew when the file has changed.
/// </summary>
public static class UserOptions
{
    /// <summary>Environment variable that names the file.</summary>
    public const string Variable = "CNNVIS_OPTIONS";

    private const long MostBytes = 1 << 16;

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    private static readonly Lock _door = new();
    private static (string Path, DateTime Written, CnnOption Options)? _read;

    /// <summary>The file, whether or not it is there.</summary>
    public static string File => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? Path.GetFullPath(named)
        : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "CnnVis", "options.json");

    /// <summary>What is chosen. A file that cannot be read chooses nothing: only <see cref="Read"/> says so, that no command fails for it.</summary>
    public static CnnOption Current
    {
        get
        {
            try
            {
                return Read();
            }
            catch (CnnVisException)
            {
                return new CnnOption();
            }
        }
    }

    /// <summary>What is chosen.</summary>
    /// <exception cref="CnnVisException">The file is damaged, or cannot be read (InvalidArgument).</exception>
    public static CnnOption Read()
    {
        string path = File;
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists) return new CnnOption();
            lock (_door)
            {
                if (_read is { } known && known.Path == path && known.Written == info.LastWriteTimeUtc) return known.Options;
                if (info.Length > MostBytes) throw new JsonException($"it has {info.Length:N0} bytes");
                using FileStream file = PlainFile.OpenRead(path);
                CnnOption options = JsonSerializer.Deserialize<CnnOption>(file, _json) ?? new CnnOption();
                if (options.Thread is < 1 or > 1024) throw new JsonException($"{options.Thread} threads");
                _read = (path, info.LastWriteTimeUtc, options);
                return options;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The options in '{path}' cannot be read: {error.Message.TrimEnd('.')}. Set-CnnOption -Reset writes the file anew.", path, error);
        }
    }

    /// <summary>Keeps what is chosen.</summary>
    /// <exception cref="CnnVisException">The file cannot be written (WriteFailed).</exception>
    public static void Write(CnnOption options)
    {
        AtomicFile.Write(File, JsonSerializer.SerializeToUtf8Bytes(options, _json), overwrite: true);
        lock (_door) _read = null;
    }
}
