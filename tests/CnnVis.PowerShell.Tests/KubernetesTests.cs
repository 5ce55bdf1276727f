using System.Globalization;

namespace CnnVis.PowerShell.Tests;

/// <summary><c>examples/kubernetes</c>: what its container runs, with the variable that Kubernetes sets.</summary>
public sealed class KubernetesTests : IDisposable
{
    private const int Count = 2;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PodsOfTheIndexedJobMakeTheShards()
    {
        string pictures = Path.Combine(_folder.Root, "pictures"), results = Path.Combine(_folder.Root, "results"), whole = Path.Combine(_folder.Root, "whole.json");
        DrawnPictures.Write(pictures, 9, "goldfish", "teapot");
        string[] yaml = File.ReadAllLines(Path.Combine(Repository.Root, "examples", "kubernetes", "run.yaml"));
        int first = Array.FindIndex(yaml, l => l.TrimEnd().EndsWith("- >-", StringComparison.Ordinal)) + 1;
        string folded = string.Join(' ', yaml.Skip(first).TakeWhile(l => l.StartsWith(new string(' ', 14), StringComparison.Ordinal)).Select(l => l.Trim()));
        string command = folded;
        foreach (var (from, to) in new[] { ("/cnnvis", Repository.Root), ("alexnet'", "alexnet64'"), ("-Path /data", $"-Path '{pictures}'"), ("-Output /results", $"-Output '{results}'"), ("-Count 16", $"-Count {Count}") })
        {
            Assert.Contains(from, command, StringComparison.Ordinal);
            command = command.Replace(from, to, StringComparison.Ordinal);
        }
        foreach (int index in Enumerable.Range(0, Count)) // a pod's; Kubernetes counts from 0
        {
            HostProcess pod = HostProcess.Run(new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = index.ToString(CultureInfo.InvariantCulture), ["OMP_NUM_THREADS"] = "1" }, "-NoProfile", "-NonInteractive", "-Command", command);
            Assert.Equal(("", 0), (pod.Error, pod.ExitCode));
        }
        HostProcess merge = HostProcess.Run(new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1" }, "-Command",
            $"& '{Repository.Root}/examples/slurm/merge.ps1' -Output '{results}' -Count {Count}; $null = Get-CnnCode -Layer relu7 -Model alexnet64 -Path '{pictures}' -Recurse -Checkpoint '{whole}'");
        Assert.Equal(("", 0), (merge.Error, merge.ExitCode));
        Assert.Equal(File.ReadAllText(whole), File.ReadAllText(Path.Combine(results, "all.json")));
    }
}
