using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CnnVis.PowerShell.Tests;

/// <summary>A Slurm of one machine: its daemons, with settings, ports and state of their own in a folder that goes at the end. It needs no rights, no control groups and no database.</summary>
public sealed class SlurmCluster : IDisposable
{
    private const int Cores = 16; // claimed, so that an array of tasks runs side by side wherever the tests run

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);
    private static readonly string[] _programs = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "scancel", "squeue"];
    private static readonly string[] _folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];

    private readonly TempFolder _folder = new();
    private readonly List<(Process Process, StreamWriter Log)> _daemons = [];

    /// <summary>Starts the daemons, where they are installed, and waits until the machine takes jobs.</summary>
    public SlurmCluster()
    {
        if (Missing is not null) return;
        try
        {
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The first program that is not installed; null where all are.</summary>
    public static string? Missing { get; } = OperatingSystem.IsLinux() ? Array.Find(_programs, p => Find(p) is null) : "slurmctld";

    /// <summary>A new folder for a job.</summary>
    internal string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder.Root, "jobs", name)).FullName;

    /// <summary>Submits a batch script, as <c>sbatch</c> in the given folder.</summary>
    /// <returns>The job's number.</returns>
    internal string Submit(string folder, params string[] arguments) => Run("sbatch", folder, ["--parsable", .. arguments]).Trim();

    /// <summary>Runs <c>scontrol</c>.</summary>
    internal string Control(params string[] arguments) => Run("scontrol", _folder.Root, arguments);

    /// <summary>What is known of a job, or of one task of an array, as in <c>JobState</c> or <c>Restarts</c>.</summary>
    internal string Property(string job, string name) =>
        Control("show", "job", job).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).First(p => p.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>Waits until something is so.</summary>
    internal void Wait(Func<bool> isSo, string what)
    {
        for (var watch = Stopwatch.StartNew(); !isSo(); Thread.Sleep(20))
            if (watch.Elapsed > _limit) Assert.Fail($"Not within {_limit}: {what}.\n{Logs()}");
    }

    /// <summary>What the daemons and the jobs have written.</summary>
    internal string Logs() =>
        string.Join('\n', Directory.EnumerateFiles(_folder.Root, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"--- {Path.GetFileName(f)}\n{string.Join('\n', File.ReadLines(f).TakeLast(30))}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (_daemons.Count > 0) Cancel();
        }
        finally
        {
            foreach ((Process daemon, StreamWriter log) in Enumerable.Reverse(_daemons))
            {
                daemon.Kill();
                daemon.WaitForExit();
                daemon.Dispose();
                log.Dispose();
            }
            foreach (Process left in Left()) // jobs are no children of the daemons: Slurm lets them outlive these
            {
                left.Kill();
                left.WaitForExit();
                left.Dispose();
            }
            _folder.Dispose();
        }
    }

    private void Start()
    {
        string root = _folder.Root, host = Dns.GetHostName().Split('.')[0], key = Path.Combine(root, "munge.key"), socket = Path.Combine(root, "munge.socket");
        int[] ports = FreePorts();
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(128));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite); // munged takes no other
        _folder.Write("slurm.conf", string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=cnnvis
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmdPort={ports[1]}
            SlurmUser={Environment.UserName}
            SlurmdUser={Environment.UserName}
            AuthType=auth/munge
            AuthInfo=socket={socket}
            CredType=cred/munge
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            MpiDefault=none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SlurmdParameters=config_overrides
            ReturnToService=2
            KillWait=2
            StateSaveLocation={root}/state
            SlurmdSpoolDir={root}/spool
            SlurmctldPidFile={root}/slurmctld.pid
            SlurmdPidFile={root}/slurmd.pid
            NodeName={host} NodeAddr=127.0.0.1 CPUs={Cores} RealMemory=65536 State=UNKNOWN
            PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """));
        Directory.CreateDirectory(Path.Combine(root, "state"));
        Directory.CreateDirectory(Path.Combine(root, "spool"));
        Daemon("munged", "--foreground", "--force", $"--socket={socket}", $"--key-file={key}", $"--pid-file={root}/munged.pid", $"--seed-file={root}/munged.seed", $"--log-file={root}/munged.txt", "--num-threads=1");
        Wait(() => File.Exists(socket), "munged listens");
        Daemon("slurmctld", "-D");
        Daemon("slurmd", "-D");
        Wait(() => TryRun("scontrol", root, ["show", "node", host]) is (0, var node) && node.Contains("State=IDLE ", StringComparison.Ordinal), "the machine takes jobs");
    }

    private void Daemon(string program, params string[] arguments)
    {
        Process daemon = Process.Start(Command(program, _folder.Root, arguments))!;
        var log = new StreamWriter(Path.Combine(_folder.Root, $"{program}.log")) { AutoFlush = true };
        _daemons.Add((daemon, log));
        daemon.OutputDataReceived += (_, line) => Log(line.Data);
        daemon.ErrorDataReceived += (_, line) => Log(line.Data);
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();

        void Log(string? line)
        {
            lock (log) log.WriteLine(line);
        }
    }

    private void Cancel()
    {
        TryRun("scancel", _folder.Root, [$"--user={Environment.UserName}"]);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(30) && TryRun("squeue", _folder.Root, ["--noheader"]) is (0, not ""); Thread.Sleep(100)) { }
    }

    /// <summary>Processes of jobs that are still there: those that have this Slurm's settings in their environment.</summary>
    private Process[] Left() => Missing is not null ? [] : [.. Process.GetProcesses().Where(p => p.Id != Environment.ProcessId && IsOurs(p.Id))];

    private bool IsOurs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Contains($"SLURM_CONF={_folder.Root}/", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or is somebody else's
        }
    }

    private string Run(string program, string folder, string[] arguments)
    {
        (int code, string output) = TryRun(program, folder, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {output}\n{Logs()}");
        return output;
    }

    private (int Code, string Output) TryRun(string program, string folder, string[] arguments)
    {
        using Process process = Process.Start(Command(program, folder, arguments))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + error.Result);
    }

    private ProcessStartInfo Command(string program, string folder, string[] arguments) => new(Find(program)!, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["SLURM_CONF"] = Path.Combine(_folder.Root, "slurm.conf"), ["PWSH"] = $"dotnet {HostProcess.Program}" },
    };

    private static string? Find(string program) => _folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);

    private static int[] FreePorts()
    {
        TcpListener[] listeners = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Dispose();
        return ports;
    }
}
