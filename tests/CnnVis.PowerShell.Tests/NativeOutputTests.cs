using System.Reflection.PortableExecutable;

namespace CnnVis.PowerShell.Tests;

/// <summary>What native libraries may do to a session: nothing. They write on the console past PowerShell, so only a process of its own shows it.</summary>
public sealed class NativeOutputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DecodersDoNotWriteOnTheConsole()
    {
        byte[] rocket = File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "photos", "rocket.jpg"));
        File.WriteAllBytes(Path.Combine(_folder.Root, "half.jpg"), rocket[..(rocket.Length / 2)]);
        byte[] coffee = File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "photos", "coffee.png"));
        coffee.AsSpan(coffee.Length / 2, 100).Clear();
        File.WriteAllBytes(Path.Combine(_folder.Root, "damaged.png"), coffee);
        _folder.Write("text.webp", "not a picture");
        HostProcess run = HostProcess.Run("-Command", $"$null = Get-CnnPrediction '{_folder.Root}' -ErrorVariable problems -ErrorAction SilentlyContinue; $problems.FullyQualifiedErrorId");
        Assert.Equal(Enumerable.Repeat("ImageUnreadable,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand", 3), run.Lines);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void MissingLibrariesAreOneClearErrorEachTime()
    {
        string[] before = StageModule();
        HostProcess run = RunStaged();
        Assert.Equal(["NativesMissing,CnnVis.PowerShell.Cmdlets.GetCnnModelCommand", "NativesMissing,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand", "run ./build.ps1"], run.Lines);
        Assert.Empty(run.Error);
        Assert.Equal(before, Files()); // nothing was copied beside it
    }

    [SkippableFact]
    public void LibraryThatDoesNotLoadIsOneClearErrorEachTime()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The names of the libraries are Linux's.");
        StageModule();
        foreach (string name in new[] { "c10", "torch_cpu", "torch", "LibTorchSharp", "SkiaSharp" })
            File.WriteAllText(Path.Combine(_folder.Root, "bin", "engine", $"lib{name}.so"), "not a library");
        string[] before = Files();
        HostProcess run = RunStaged();
        Assert.Equal(["NativesMissing,CnnVis.PowerShell.Cmdlets.GetCnnModelCommand", "NativesMissing,CnnVis.PowerShell.Cmdlets.GetCnnPredictionCommand", "run ./build.ps1"], run.Lines);
        Assert.Empty(run.Error);
        Assert.Equal(before, Files());
    }

    private string[] Files() => [.. Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Copies the module without its natives.</summary>
    private string[] StageModule()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "bin", "engine"));
        Copy("CnnVis.psd1");
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "bin")).Select(Path.GetFileName).OfType<string>()) Copy(Path.Combine("bin", file));
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "bin", "engine"), "*.dll").Where(IsManaged).Select(Path.GetFileName).OfType<string>()) Copy(Path.Combine("bin", "engine", file));
        return Files();
    }

    private void Copy(string file) => File.Copy(Path.Combine(Repository.Root, file), Path.Combine(_folder.Root, file));

    private static bool IsManaged(string path)
    {
        using var reader = new PEReader(File.OpenRead(path));
        return reader.HasMetadata;
    }

    private HostProcess RunStaged()
    {
        using var scripts = new TempFolder();
        string script = scripts.Write("staged.ps1", """
            param($Module)
            Import-Module "$Module/CnnVis.psd1"
            try { Get-CnnModel } catch { $_.FullyQualifiedErrorId }
            try { Get-CnnPrediction "$Module/none.png" } catch { $_.FullyQualifiedErrorId; if ($_ -match 'run \./build\.ps1') { $Matches[0] } }
            """);
        return HostProcess.Run("-NoProfile", "-File", script, "-Module", _folder.Root);
    }
}
