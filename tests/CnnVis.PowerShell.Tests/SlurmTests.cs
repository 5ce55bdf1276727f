namespace CnnVis.PowerShell.Tests;

/// <summary><c>examples/slurm</c> on a real Slurm: an array of tasks, one of them killed and requeued while it is at work, and the merge that waits for them, against one run over all pictures.</summary>
public sealed class SlurmTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>
{
    private const int Shards = 3, Pictures = 600, Requeued = 2;

    private static readonly string _scripts = Path.Combine(Repository.Root, "examples", "slurm");

    [SkippableTheory]
    [InlineData("Find-MaxActivatingImage -Layer relu5 -Top 3", "Export-Csv", "csv")]
    [InlineData("Get-CnnCode -Layer relu7", "Export-CnnCode", "npz")]
    [InlineData("Measure-CnnAccuracy", "Export-Csv", "csv")]
    public void RequeuedArrayMergesToTheBytesOfOneRun(string command, string export, string extension)
    {
        Skip.If(SlurmCluster.Missing is not null, $"There is no {SlurmCluster.Missing}: Debian's slurm-wlm and munge are not installed.");
        string folder = cluster.NewFolder(command.Split(' ')[0]), pictures = Path.Combine(folder, "pictures"), results = Path.Combine(folder, "results");
        DrawnPictures.Write(pictures, Pictures, "goldfish", "teapot");
        string question = $"{command} -Model alexnet64 -BatchSize 4 -CheckpointInterval 0";

        string job = cluster.Submit(_scripts, $"--array=1-{Shards}", "--cpus-per-task=1", "--mem=1G", $"--output={folder}/task-%a.log", "run.sbatch", question, pictures, results);
        string merge = cluster.Submit(Repository.Root, $"--dependency=afterok:{job}", "--cpus-per-task=1", "--mem=1G", $"--output={folder}/merge.log", "examples/slurm/merge.sbatch", results, $"{Shards}");
        string task = $"{job}_{Requeued}", checkpoint = Path.Combine(results, $"shard-{Requeued}-of-{Shards}.json");
        long begun = 0;
        cluster.Wait(() => (begun = Length(checkpoint)) > 0, "the task has begun its checkpoint");
        cluster.Wait(() => Length(checkpoint) is var now && now > 0 && now != begun, "the task has seen some pictures");
        cluster.Control("requeue", task);
        cluster.Wait(() => cluster.Property(task, "JobState") is "PENDING", "the task waits to run again");
        string kept = File.ReadAllText(checkpoint);
        Assert.DoesNotContain("\"IsComplete\":true", kept, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(results, "all.json")));
        cluster.Control("update", $"JobId={task}", "StartTime=now"); // Slurm lets two minutes pass otherwise
        cluster.Wait(() => cluster.Property(merge, "JobState") is not ("PENDING" or "RUNNING" or "COMPLETING"), "the merge has ended");

        Assert.True(cluster.Property(merge, "JobState") is "COMPLETED", cluster.Logs());
        Assert.Equal("1", cluster.Property(task, "Restarts"));
        Assert.Equal("0", cluster.Property($"{job}_1", "Restarts"));
        string whole = Path.Combine(folder, "whole.json"), values = Path.Combine(folder, "values");
        HostProcess single = HostProcess.Run(new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1" }, "-Command", $$"""
            {{question}} -Path '{{pictures}}' -Recurse -Checkpoint '{{whole}}' | {{export}} '{{values}}-1.{{extension}}'
            Merge-CnnResult '{{results}}/all.json' | {{export}} '{{values}}-2.{{extension}}'
            """);
        Assert.Equal(("", 0), (single.Error, single.ExitCode));
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(Path.Combine(results, "all.json")));
        Assert.Equal(File.ReadAllBytes($"{values}-1.{extension}"), File.ReadAllBytes($"{values}-2.{extension}"));
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
