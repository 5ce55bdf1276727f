using System.Diagnostics;

namespace CnnVis.PowerShell.Tests;

/// <summary>A run with a checkpoint that is killed as the system kills, without a word: what it goes on to find has the bytes of a run that nobody disturbed.</summary>
public sealed class KilledRunTests : IDisposable
{
    private const int Pictures = 400, Kills = 2;

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>One that adds a line a picture, and one that writes what it has added up anew.</summary>
    [Theory]
    [InlineData("Get-CnnCode -Layer relu7")]
    [InlineData("Find-MaxActivatingImage -Layer relu5 -Top 3")]
    public void KilledAgainAndAgainGivesTheBytesOfOneRun(string command)
    {
        string pictures = Path.Combine(_folder.Root, "pictures"), whole = Path.Combine(_folder.Root, "whole.json");
        string checkpoint = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Root, "checkpoints")).FullName, "run.json");
        DrawnPictures.Write(pictures, Pictures, "goldfish", "teapot");
        Assert.Equal(0, HostProcess.Run("-Command", Command(whole)).ExitCode);

        var random = new Random(19);
        for (int kill = 0; kill < Kills; kill++)
        {
            var before = State(checkpoint);
            using Process run = HostProcess.Start([], "-Command", Command(checkpoint));
            for (var watch = Stopwatch.StartNew(); State(checkpoint) == before; Thread.Sleep(1))
                Assert.True(watch.Elapsed < _limit && !run.HasExited, $"The run wrote nothing: {(run.HasExited ? run.StandardError.ReadToEnd() : "it is still running")}");
            if (kill > 0) Thread.Sleep(random.Next(150)); // the first time as soon as there is a checkpoint
            run.Kill();
            run.WaitForExit();
            Assert.NotEqual(0, run.ExitCode); // it was not through yet
            Assert.DoesNotContain("\"IsComplete\":true", File.ReadAllText(checkpoint), StringComparison.Ordinal);
        }
        HostProcess last = HostProcess.Run("-Command", Command(checkpoint));

        Assert.Equal(("", 0), (last.Error, last.ExitCode));
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(checkpoint));
        Assert.Equal([checkpoint], Directory.GetFileSystemEntries(Path.GetDirectoryName(checkpoint)!)); // nothing half written is left beside it

        string Command(string file) => $"$null = {command} -Model alexnet64 -BatchSize 2 -CheckpointInterval 0 -Path '{pictures}' -Recurse -Checkpoint '{file}'";
    }

    /// <summary>What changes when the file is written; read without opening it, which a writer may forbid.</summary>
    private static (long Length, DateTime Written) State(string file) => new FileInfo(file) is { Exists: true } found ? (found.Length, found.LastWriteTimeUtc) : default;
}
