namespace CnnVis.PowerShell.Tests;

/// <summary>The host as a process: its command line, exit codes and streams.</summary>
public sealed class HostTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ScriptGetsItsArguments()
    {
        string script = _folder.Write("a script [1].ps1", "param([string] $Name, [int] $Count, [switch] $Loud) \"$Name|$($Count + 1)|$Loud|$args\"");
        HostProcess run = HostProcess.Run(script, "-Name", "a 'b' $c", "-Count", "3", "-Loud", "rest");
        Assert.Equal(["a 'b' $c|4|True|rest"], run.Lines);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
    }

    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'out'", 1)]
    [InlineData("Write-Error 'first'; 'then'", 0)]
    public void ExitCodesAreThoseOfPwsh(string script, int code) => Assert.Equal(code, HostProcess.Run("-File", _folder.Write("script.ps1", script)).ExitCode);

    [Fact]
    public void ScriptThatIsNotThereIsABadCall()
    {
        HostProcess run = HostProcess.Run(Path.Combine(_folder.Root, "none.ps1"));
        Assert.Equal(64, run.ExitCode);
        Assert.Contains("none.ps1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandFindsTheModuleImported()
    {
        HostProcess run = HostProcess.Run("-Command", "(Get-CnnModel alexnet64).Classes.Count; $env:NONE; exit 7");
        Assert.Equal(["100"], run.Lines);
        Assert.Equal(("", 7), (run.Error, run.ExitCode));
    }

    [Fact]
    public void ErrorsGoToTheErrorStreamWithoutEscapeSequences()
    {
        HostProcess run = HostProcess.Run("-Command", "'before'; Get-CnnLayer conv99; 'after'; Get-CnnLayer conv98");
        Assert.Equal(["before", "after"], run.Lines);
        Assert.Contains("no layer 'conv99'", run.Error, StringComparison.Ordinal);
        Assert.Contains("no layer 'conv98'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output + run.Error);
        Assert.Equal(1, run.ExitCode);
    }

    /// <summary>What comes from PowerShell's own modules, and needs more than the engine.</summary>
    [Theory]
    [InlineData("@{ a = 1, 2 } | ConvertTo-Json -Compress", "{\"a\":[1,2]}")]
    [InlineData("Get-Random -Minimum 3 -Maximum 4", "3")]
    [InlineData("(Get-CnnModel alexnet64 | Format-Table @{ Name = 'Millions'; Expression = { [int]($_.ParameterCount / 1e6) } } -HideTableHeaders | Out-String).Trim()", "3")]
    [InlineData("Start-Job { 6 * 7 } | Receive-Job -Wait -AutoRemoveJob", "42")]
    [InlineData("Start-ThreadJob { 6 * 7 } | Receive-Job -Wait -AutoRemoveJob", "42")]
    [InlineData("6 | ForEach-Object -Parallel { $_ * 7 }", "42")]
    [InlineData("Add-Type 'public static class Answer { public const int Value = 42; }'; [Answer]::Value", "42")]
    [InlineData("(Get-Command Set-PSReadLineOption).Source", "PSReadLine")]
    [InlineData("(Get-Help Get-CnnModel -Parameter Name).name", "Name")]
    public void EveryCommandOfPowerShellIsThere(string command, string output)
    {
        HostProcess run = HostProcess.Run("-Command", command);
        Assert.Equal([output], run.Lines);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
    }

    [Fact]
    public void ScriptFindsTheModuleImportedUnlessThereIsNoProfile()
    {
        string script = _folder.Write("script.ps1", "\"$(Get-Module CnnVis)\"");
        Assert.Equal(["CnnVis"], HostProcess.Run(script).Lines);
        Assert.Empty(HostProcess.Run("-NoProfile", "-File", script).Lines);
    }

    /// <summary>The default views, each by words of its header.</summary>
    [Fact]
    public void ResultsAreTablesWithoutEscapeSequences()
    {
        string[] commands =
        [
            "Get-CnnModel", "Get-CnnLayer conv1 -Model alexnet64", "Get-CnnPrediction $p", "Get-CnnActivation $p conv1", "Measure-CnnActivation $p conv1", "Get-CnnFilter conv1", "(Get-CnnFilter conv1).Filters",
        ];
        string[][] headers =
        [
            ["Name", "Answer", "InputShape", "ClassCount", "Parameters", "Status"],
            ["#", "Alias", "Output", "Parameters", "ReceptiveField", "Name"],
            ["Image", "Class", "Probability", "Then"],
            ["Image", "Model", "Layer", "ChannelCount", "MapSize", "Maximum"],
            ["Unit", "Verdict", "Images", "Firing", "Below", "Zeros", "Maximum", "Mean", "Deviation"],
            ["Model", "Layer", "Count", "Window", "Noise", "NoiseLevel"],
            ["Channel", "Window", "Norm", "Smoothness", "HighFrequency", "Nearest", "Cosine"],
        ];
        string photo = Path.Combine(Repository.Root, "examples", "photos", "coffee.png");
        HostProcess run = HostProcess.Run("-Command", $"$p = '{photo}'; " + string.Join("; ", commands.Select(c => $"{c} | Out-String -Width 120")));
        string[][] lines = [.. run.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.All(headers, header => Assert.Contains(header, lines));
        Assert.Contains(["alexnet64", "Classes", "3", "x", "64", "x", "64", "100", "2,510,948", "Bundled"], lines);
        Assert.Contains(["2", "conv1", "64", "x", "32", "x", "32", "9,472", "7", "/", "2", "/", "-3", "conv1"], lines);
        Assert.DoesNotContain('\e', run.Output);
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
    }
}
