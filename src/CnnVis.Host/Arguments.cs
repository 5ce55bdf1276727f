namespace CnnVis.Host;

/// <summary>The command line.</summary>
/// <param name="Task">What to do.</param>
/// <param name="Text">The script's full path, or the command.</param>
/// <param name="ScriptArguments">What follows the script.</param>
internal sealed record Arguments(HostTask Task, string Text, IReadOnlyList<string> ScriptArguments)
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        Usage: dotnet run --project src/CnnVis.Host -- [what to run]

          script.ps1 [-Name value ...]         runs a script
          -File script.ps1 [-Name value ...]   the same
          -Command 'Get-CnnModel'              runs a piece of PowerShell, CnnVis imported ('-' reads it from standard input)
          (nothing)                            a prompt, CnnVis imported
        """;

    /// <summary>Reads the command line.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Parse(string[] args, out Arguments arguments)
    {
        arguments = new Arguments(HostTask.Prompt, "", []);
        switch (args)
        {
            case []:
                return null;
            case [var option, ..] when Is(option, "-Help", "--help", "-h", "-?"):
                arguments = arguments with { Task = HostTask.Help };
                return null;
            case [var option] when Is(option, "-Command", "-c", "-File", "-f"):
                return $"{option} needs something to run.";
            case [var option, "-"] when Is(option, "-Command", "-c"):
                arguments = arguments with { Task = HostTask.Command, Text = Console.In.ReadToEnd() };
                return null;
            case [var option, .. var words] when Is(option, "-Command", "-c"):
                arguments = arguments with { Task = HostTask.Command, Text = string.Join(' ', words) };
                return null;
            case [var option, var script, .. var rest] when Is(option, "-File", "-f"):
                return Script(script, rest, out arguments);
            case [var option, ..] when option.StartsWith('-'):
                return $"'{option}' is no option.";
            default:
                return Script(args[0], args[1..], out arguments);
        }
    }

    private static string? Script(string path, string[] rest, out Arguments arguments)
    {
        arguments = new Arguments(HostTask.File, Path.GetFullPath(path), rest);
        return File.Exists(arguments.Text) ? null : $"There is no script '{path}'.";
    }

    private static bool Is(string option, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (option.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
