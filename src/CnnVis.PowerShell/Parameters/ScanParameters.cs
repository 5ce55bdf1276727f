using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CnnVis.Engine.Models;
using CnnVis.Engine.Scans;
using CnnVis.PowerShell.Cmdlets;

namespace CnnVis.PowerShell.Parameters;

/// <summary>What all cmdlets share that may look at a million pictures: they go on where they were stopped, and divide the work. A cmdlet gives it as its dynamic parameters.</summary>
public sealed class ScanParameters
{
    private const int LongestText = 100;

    /// <summary>Parameters that say which pictures, and where and how is computed; not what is asked.</summary>
    private static readonly HashSet<string> _beside = ["Path", "LiteralPath", "InputObject", "Recurse", "Model", "Device", "TransferTo"];

    /// <summary>A file that holds what was found so far, and in the end the result. Where it exists, the run goes on from there; asked otherwise, or over other pictures, it is refused. Merge-CnnResult reads it.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Checkpoint { get; set; }

    /// <summary>Seconds between two writings of the checkpoint.</summary>
    [Parameter, ValidateRange(0, 86_400)]
    public int CheckpointInterval { get; set; } = 30;

    /// <summary>Look at one of several equal parts of the pictures, as 2/8. Every part is given all pictures, and a checkpoint of its own; Merge-CnnResult puts these together.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <summary>Whether results have to be the same to the last bit, whichever pictures come together.</summary>
    internal bool IsDivided => Checkpoint is not null || Shard is not null;

    /// <summary>The part to look at.</summary>
    internal Shard Part => Shard is null ? Engine.Scans.Shard.Whole : Engine.Scans.Shard.Parse(Shard);

    /// <summary>Pictures of every pass; null where they may be as they come.</summary>
    internal int? EvenSize(int batchSize) => IsDivided ? batchSize : null;

    /// <summary>Where to keep what is found; null for nowhere.</summary>
    internal Checkpoint? Target(CnnVisCommand cmdlet)
    {
        if (Checkpoint is null) return null;
        string file = FilePaths.Plain(cmdlet.SessionState, Checkpoint);
        return cmdlet.ShouldProcess(VisibleText.Of(file), File.Exists(file) ? "Go on with the checkpoint" : "Write a checkpoint") ? new Checkpoint(file, TimeSpan.FromSeconds(CheckpointInterval)) : null;
    }

    /// <summary>A pass that tells of each picture by itself.</summary>
    internal PictureRun<T> Begin<T>(CnnVisCommand cmdlet, ScanQuestion question, Action<ListedImage, T> found, Action<CnnVisException> failed) where T : class =>
        new(question, Part, Target(cmdlet), found, failed);

    /// <summary>What a cmdlet asks: all its parameters but those that say which pictures; of files that they name the content.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="kind">What is gathered.</param>
    /// <param name="networks">All networks that are asked; the first one's name is kept.</param>
    /// <param name="context">What makes results of what is gathered.</param>
    /// <param name="piped">What came down the pipeline beside pictures; null for nothing.</param>
    internal ScanQuestion Ask<T>(CnnVisCommand cmdlet, ScanKind kind, IReadOnlyList<Network> networks, T context, object? piped = null)
    {
        if (!IsDivided) return Ask(cmdlet, kind, networks, context, []); // nobody compares it
        var asked = new Dictionary<string, string>();
        foreach (PropertyInfo property in cmdlet.GetType().GetProperties())
        {
            if (_beside.Contains(property.Name) || property.GetCustomAttribute<ParameterAttribute>() is not { } attribute) continue;
            if (attribute.ValueFromPipelineByPropertyName && !cmdlet.MyInvocation.BoundParameters.ContainsKey(property.Name)) continue;
            if (Text(cmdlet, property.Name, property.GetValue(cmdlet)) is { } text) asked[property.Name] = text;
        }
        if (piped is not null) asked["InputObject"] = $"{piped}";
        return Ask(cmdlet, kind, networks, context, asked);
    }

    /// <summary>The same where the cmdlet knows better what is asked.</summary>
    internal ScanQuestion Ask<T>(CnnVisCommand cmdlet, ScanKind kind, IReadOnlyList<Network> networks, T context, Dictionary<string, string> asked) =>
        ScanQuestion.Of(kind.Name, networks.Count > 0 ? networks[0].Name : "", IsDivided ? string.Join(' ', networks.Select(n => NetworkHash.Of(n, cmdlet.Cancellation))) : "", asked, context);

    /// <summary>What a file holds, as a text that tells it from others.</summary>
    internal static string? Content(CnnVisCommand cmdlet, string? path)
    {
        if (path is null) return null;
        string file = FilePaths.Plain(cmdlet.SessionState, path);
        if (!File.Exists(file)) return path;
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string? Text(CnnVisCommand cmdlet, string name, object? value) => value switch
    {
        null => null,
        PSObject item => Text(cmdlet, name, item.BaseObject),
        string path when name.EndsWith("Path", StringComparison.Ordinal) || name is "ClassMap" or "Mask" => Content(cmdlet, path),
        string text => Short(text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => Short(string.Join(", ", items.Cast<object?>().Select(i => Text(cmdlet, name, i)))),
        _ => Short($"{value}"),
    };

    private static string Short(string text) => text.Length <= LongestText ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
